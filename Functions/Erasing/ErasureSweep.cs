using Azure;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Erasing;

/// <summary>Goes on with erasures that their requests did not finish, takes names out of entries, and frees names after a day.</summary>
public sealed partial class ErasureSweep(
    ChatTables tables, ErasureJobStore jobs, ErasureRun run, Rewriting rewriting, IOptions<TokenOptions> tokens, TimeProvider time, ILogger<ErasureSweep> logger)
{
    /// <summary>How long the name of an erased account can't be registered.</summary>
    public static readonly TimeSpan NameHold = TimeSpan.FromDays(1);

    /// <summary>A job whose account still stands after this long is an erasure that never came to its moment; the account stays.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(1);

    /// <summary>Goes through all jobs; one that fails is left to the next run and does not hold up the others.</summary>
    /// <returns>Entries that lost a name.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (ErasureJob job in await jobs.ReadAsync(cancellationToken))
        {
            try
            {
                await RunAsync(job, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure, job.Account);
            }
        }

        return await rewriting.RunAsync(cancellationToken);
    }

    /// <summary>No operation for a job that only waits for its day to be over.</summary>
    private async Task RunAsync(ErasureJob job, CancellationToken cancellationToken)
    {
        bool isHeld = time.GetUtcNow() <= FreeAfter(job.AddedAt);
        if (job.IsEmptied && isHeld)
        {
            return;
        }

        NullableResponse<TableEntity> read = await tables.Users.GetEntityIfExistsAsync<TableEntity>(
            job.Partition, Keys.Account, ["PartitionKey", "RowKey", "Timestamp", AccountRow.Id, AccountRow.ErasedAt], cancellationToken);
        if (!read.HasValue || AccountRow.OwnerOf(read.Value!) != job.Account)
        {
            await jobs.RemoveAsync(job, cancellationToken); // The name is free already, or somebody else's.
        }
        else if (!AccountRow.IsErased(read.Value!))
        {
            await (time.GetUtcNow() - job.AddedAt > GiveUpAfter ? jobs.RemoveAsync(job, cancellationToken) : Task.CompletedTask);
        }
        else if ((job.IsEmptied && await run.IsEmptyAsync(job, cancellationToken)) || (await run.RunAsync(job, cancellationToken) && !isHeld))
        {
            await FreeAsync(job, read.Value!, cancellationToken);
        }
    }

    /// <summary>The partition is empty but for the tombstone: whoever registers the name finds nothing of its former owner.</summary>
    private async Task FreeAsync(ErasureJob job, TableEntity tombstone, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() > FreeAfter(tombstone.GetDateTimeOffset(AccountRow.ErasedAt)!.Value))
        {
            await tables.Users.DeleteEntityAsync(job.Partition, Keys.Account, tombstone.ETag, cancellationToken);
            Log.Freed(logger, job.Account);
        }
    }

    /// <summary>No token of the old account is good any more when the name is free: the longest that one may hold is a day.</summary>
    private DateTimeOffset FreeAfter(DateTimeOffset erasedAt) => erasedAt + NameHold + tokens.Value.ClockSkew;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The name of erased account {AccountId} is free again.")]
        public static partial void Freed(ILogger logger, AccountId accountId);

        [LoggerMessage(2, LogLevel.Warning, "Could not go on with erased account {AccountId}; the next run does.")]
        public static partial void Failed(ILogger logger, Exception exception, AccountId accountId);
    }
}
