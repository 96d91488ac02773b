using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts;

/// <summary>Section <c>Accounts</c>: passwords, and what happens after wrong ones.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>
    /// Iterations of PBKDF2-HMAC-SHA512. Default 210,000, as OWASP's Password Storage Cheat Sheet advises for that function; 10,000 to
    /// 10,000,000. When raised, each account is hashed anew at its next login.
    /// </summary>
    [Range(10_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Requests that may wait for their turn to hash a password; the next is answered 503. Default 100; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MaxWaitingForHash { get; set; } = 100;

    /// <summary>Wrong passwords in a row after which a username has to wait. Default 5; 1 to 100.</summary>
    [Range(1, 100)]
    public int FailuresBeforeWait { get; set; } = 5;

    /// <summary>The first wait; every further wrong password doubles it. Default 30 seconds; 1 second to 1 hour.</summary>
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait, not under <see cref="FirstWait"/>. Default 15 minutes; 1 second to 1 day.</summary>
    [DurationRange("00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A run of wrong passwords whose last one is older than this is forgotten; not under <see cref="LongestWait"/>. Default 1 day; 1 minute to 30 days.</summary>
    [DurationRange("00:01:00", "30.00:00:00")]
    public TimeSpan FailureMemory { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Sessions of one account; a login beyond ends the one that was refreshed longest ago. Default 50; 1 to 90 (one transaction).</summary>
    [Range(1, 90)]
    public int MaxSessions { get; set; } = 50;
}

[OptionsValidator]
internal sealed partial class AccountOptionsValidator : IValidateOptions<AccountOptions>;

/// <summary>The bounds that settings set each other.</summary>
internal sealed class AccountWaitsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options) => options switch
    {
        { LongestWait: var longest, FirstWait: var first } when longest < first =>
            ValidateOptionsResult.Fail("Accounts__LongestWait is at least Accounts__FirstWait."),
        { FailureMemory: var memory, LongestWait: var longest } when memory < longest =>
            ValidateOptionsResult.Fail("Accounts__FailureMemory is at least Accounts__LongestWait: else the count starts again after each wait."),
        _ => ValidateOptionsResult.Success,
    };
}
