using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>Section <c>Tokens</c>: what signs the access tokens, and how long tokens hold.</summary>
public sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>
    /// The first key signs, all of them verify. To rotate without logging anyone out: put the new key first, keep the old one
    /// until <see cref="AccessLifetime"/> has passed. Empty stops the start, except in the Development environment.
    /// </summary>
    public IList<TokenKeyOptions> Keys { get; } = [];

    /// <summary>How long an access token holds. Default 1 hour; 1 minute to 1 day.</summary>
    [DurationRange("00:01:00", "1.00:00:00")]
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a session lives after its last refresh. Default 30 days; 1 hour to 365 days.</summary>
    [DurationRange("01:00:00", "365.00:00:00")]
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How far the clocks of two instances may differ. Default 30 seconds; 0 to 5 minutes.</summary>
    [DurationRange("00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Claim <c>iss</c>, and what it must be. 1 to 200 characters.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public string Issuer { get; set; } = "serverlesschat";

    /// <summary>Claim <c>aud</c>, and what it must be. 1 to 200 characters.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public string Audience { get; set; } = "serverlesschat";

    /// <summary>
    /// Development only, and only without <see cref="Keys"/>: where the key that is made once is kept. Relative to the
    /// content root; git ignores the default's folder.
    /// </summary>
    [Required, StringLength(1000, MinimumLength = 1)]
    public string DevelopmentKeyFile { get; set; } = ".local/token-key";
}

/// <summary>A key of HMAC-SHA256.</summary>
public sealed class TokenKeyOptions
{
    /// <summary>Header <c>kid</c> of the tokens that it signs: 1 to 64 of <c>A–Z a–z 0–9 . _ -</c>, unlike every other key's.</summary>
    public string Id { get; set; } = "";

    /// <summary>Base64 of at least 32 random bytes. Never logged.</summary>
    public string Secret { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class TokenOptionsValidator : IValidateOptions<TokenOptions>;
