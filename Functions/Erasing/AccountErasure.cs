using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Erasing;

/// <summary>Erases an account: at one moment it is gone with all its sessions; the rest is done as far as the request gets, and by the sweep.</summary>
internal sealed partial class AccountErasure(
    AccessStore store, PasswordProof proof, AccountTurns turns, ErasureJobStore jobs, ErasureRun run, TimeProvider time, ILogger<AccountErasure> logger)
{
    /// <summary>How long the request goes on once the account is gone. Half of what a request may take by default.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="password">The present one. A wrong one counts as a failed login does.</param>
    /// <exception cref="ApiProblemException">400 about <c>password</c>; 401 when the account is gone; 429 while the name has to wait.</exception>
    public async Task EraseAsync(Caller caller, string password, CancellationToken cancellationToken)
    {
        if (!PasswordRules.CanBePassword(password))
        {
            throw PasswordProof.Wrong();
        }

        ErasureJob job = await BuryAsync(caller, password, cancellationToken);
        Log.Erased(logger, caller.Id);
        await GoOnAsync(job);
    }

    /// <summary>
    /// One query and one transaction: the account becomes a tombstone, and its sessions, refresh tokens and right to an inbox are gone. There is room for all of them
    /// in it (<see cref="AccountOptions.MaxSessions"/>), and none can begin meanwhile: a login changes the account's row.
    /// </summary>
    private async Task<ErasureJob> BuryAsync(Caller caller, string password, CancellationToken cancellationToken)
    {
        string partition = Keys.User(caller.Username);
        string erasureId = Keys.NewId();
        using IDisposable turn = await turns.TakeAsync(partition, cancellationToken);
        ErasureJob? job = null;
        for (int round = 0; round < AccessStore.MaxRounds; round++)
        {
            Access access = await store.ReadAsync(partition, cancellationToken);
            bool isDone = string.Equals(access.Tombstone?.GetString(AccountRow.ErasureId), erasureId, StringComparison.Ordinal);
            if (!isDone)
            {
                TableEntity account = PasswordProof.AccountOf(access, caller);
                await proof.RequireAsync(access, password, cancellationToken);
                job ??= await jobs.AddAsync(caller.Id, partition, cancellationToken);
                isDone = await store.TryCommitAsync(Bury(access, account, caller, erasureId), cancellationToken);
            }

            if (isDone)
            {
                return job!;
            }
        }

        throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
    }

    private List<TableTransactionAction> Bury(Access access, TableEntity account, Caller caller, string erasureId)
    {
        TableEntity tombstone = AccountRow.Tombstone(access.Partition, caller.Id, erasureId, time.GetUtcNow());
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, tombstone, account.ETag),
            AccountRow.Delete(new TableEntity(access.Partition, Keys.InboxOwner(caller.Id)), ETag.All),
        ];
        if (access.Failures.ETag is { } failures)
        {
            actions.Add(AccountRow.Delete(new TableEntity(access.Partition, Keys.AccessFailures), failures));
        }

        actions.AddRange(access.Sessions.Select(row => AccountRow.Delete(row, ETag.All)));
        return actions;
    }

    /// <summary>There is no way back: it listens to no caller, and whatever fails is the sweep's.</summary>
    private async Task GoOnAsync(ErasureJob job)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await run.RunAsync(job, limit.Token);
        }
        catch (Exception failure)
        {
            Log.LeftToSweep(logger, failure, job.Account);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {AccountId} was erased.")]
        public static partial void Erased(ILogger logger, AccountId accountId);

        [LoggerMessage(2, LogLevel.Warning, "The request did not get through with erased account {AccountId}; the sweep goes on.")]
        public static partial void LeftToSweep(ILogger logger, Exception exception, AccountId accountId);
    }
}
