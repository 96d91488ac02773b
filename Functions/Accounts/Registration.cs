using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Accounts;

/// <summary>Makes accounts: one transaction.</summary>
internal sealed partial class Registration(AccountStore store, PasswordHashing hashing, TimeProvider time, ILogger<Registration> logger)
{
    /// <param name="username">The display name too, until its owner chooses another.</param>
    /// <param name="password">Has passed <see cref="PasswordRules"/>.</param>
    /// <returns>Null when the name is taken.</returns>
    public async Task<AccountProfile?> RegisterAsync(Username username, string password, CancellationToken cancellationToken)
    {
        string hash = await hashing.HashAsync(password, cancellationToken);
        var profile = new AccountProfile(new AccountId(Keys.NewId()), username, username.Text, Bio: "", Language: null, time.GetUtcNow());
        if (!await store.TryAddAsync(profile, hash, cancellationToken))
        {
            return null;
        }

        Log.Registered(logger, profile.Id);
        return profile;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Registered account {AccountId}.")]
        public static partial void Registered(ILogger logger, AccountId accountId);
    }
}
