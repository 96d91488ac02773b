using Azure;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>
/// Changes a password and ends every other session at the same moment: one query, one transaction. There is room for all of them in
/// it (<see cref="AccountOptions.MaxSessions"/>), and none can begin meanwhile: a login changes the account's row.
/// </summary>
internal sealed partial class PasswordChange(
    AccessStore store, PasswordProof proof, PasswordHashing hashing, AccountTurns turns, ILogger<PasswordChange> logger)
{
    /// <param name="caller">Whose session stays.</param>
    /// <param name="password">The present password. A wrong one counts as a failed login does.</param>
    /// <param name="newPassword">Has passed <see cref="PasswordRules"/>.</param>
    /// <exception cref="ApiProblemException">400 about <c>password</c>; 401 when the account is gone; 429 while the name has to wait.</exception>
    public async Task ChangeAsync(Caller caller, string password, string newPassword, CancellationToken cancellationToken)
    {
        if (!PasswordRules.CanBePassword(password))
        {
            throw PasswordProof.Wrong();
        }

        string partition = Keys.User(caller.Username);
        using IDisposable turn = await turns.TakeAsync(partition, cancellationToken);
        string? newHash = null;
        for (int round = 0; round < AccessStore.MaxRounds; round++)
        {
            Access access = await store.ReadAsync(partition, cancellationToken);
            TableEntity account = PasswordProof.AccountOf(access, caller);
            bool isLost = newHash is not null && string.Equals(access.PasswordHash, newHash, StringComparison.Ordinal);
            if (!isLost)
            {
                await proof.RequireAsync(access, password, cancellationToken);
                newHash ??= await hashing.HashAsync(newPassword, cancellationToken);
            }

            if (await store.TryCommitAsync(Change(access, account, newHash!, caller), cancellationToken))
            {
                Log.Changed(logger, caller.Id);
                return;
            }
        }

        throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
    }

    private static IEnumerable<TableEntity> Others(Access access, Caller caller) =>
        access.Sessions.Where(row => !string.Equals(row.RowKey, Keys.Session(caller.SessionId), StringComparison.Ordinal));

    private static List<TableTransactionAction> Change(Access access, TableEntity account, string newHash, Caller caller)
    {
        List<TableTransactionAction> actions = [AccountRow.Guard(account, newHash)];
        if (access.Failures.ETag is { } failures)
        {
            actions.Add(AccountRow.Delete(new TableEntity(access.Partition, Keys.AccessFailures), failures));
        }

        actions.AddRange(Others(access, caller).Select(row => AccountRow.Delete(row, ETag.All)));
        return actions;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} changed its password; its other sessions ended.")]
        public static partial void Changed(ILogger logger, AccountId accountId);
    }
}
