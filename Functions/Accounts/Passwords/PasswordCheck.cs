using Microsoft.Extensions.Options;

namespace ServerlessChat.Accounts.Passwords;

/// <summary>What came of trying a password.</summary>
/// <param name="Match">Whether it was right.</param>
/// <param name="Wait">Not null: it was not looked at, and how long to wait.</param>
internal sealed record PasswordVerdict(PasswordMatch Match, TimeSpan? Wait)
{
    public bool IsRight => Wait is null && Match != PasswordMatch.Wrong;
}

/// <summary>Tries a password for a username: after too many wrong ones it waits, the same for names that nobody has.</summary>
internal sealed partial class PasswordCheck(
    AccessStore store, PasswordHashing hashing, IOptions<AccountOptions> options, TimeProvider time, ILogger<PasswordCheck> logger)
{
    /// <param name="password">Passes <see cref="PasswordRules.CanBePassword"/>.</param>
    /// <summary>No operation when the password is right; a wrong one is counted (<see cref="AccessStore.CountFailureAsync"/>).</summary>
    public async Task<PasswordVerdict> TryAsync(Access access, string password, CancellationToken cancellationToken)
    {
        if (access.Failures.WaitAt(time.GetUtcNow()) is { } wait)
        {
            return new PasswordVerdict(PasswordMatch.Wrong, wait);
        }

        PasswordMatch match = await hashing.VerifyAsync(access.PasswordHash, password, cancellationToken);
        if (match == PasswordMatch.Wrong)
        {
            AccessFailures failures = await store.CountFailureAsync(access);
            if (failures.LockedUntil is not null && failures.Count >= options.Value.FailuresBeforeWait)
            {
                Log.Locked(logger, access.Partition, failures.Count);
            }
        }

        return new PasswordVerdict(match, Wait: null);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "User partition {Partition} has to wait after {Failures} wrong passwords in a row.")]
        public static partial void Locked(ILogger logger, string partition, int failures);
    }
}
