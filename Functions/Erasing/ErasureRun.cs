using ServerlessChat.Accounts;
using ServerlessChat.Inbox;
using ServerlessChat.Sockets;

namespace ServerlessChat.Erasing;

/// <summary>Takes an erased person out of all that they were in, as far as it gets. Each step is safe to repeat, and to do twice at once, also by one who comes late: what is read is looked at
/// only as long as the person's tombstone stands there, and goes only as it was read.</summary>
/// <remarks>
/// Nothing is added to what it goes through: the row that every addition to an inbox is conditional on went with the account. What a row leads to is done before the row is
/// removed, so that who is cut off is gone on with from what is left.
/// </remarks>
public sealed partial class ErasureRun(
    TraceStore traces, GroupErasure groups, PairErasure pairs, BlockErasure blocks, PersonSockets sockets, ErasureJobStore jobs, ILogger<ErasureRun> logger)
{
    /// <summary>Conversations and blocks at a time.</summary>
    private const int MaxParallel = 8;

    /// <summary>Conversations and blocks after which what is done is written down.</summary>
    private const int ChunkSize = 100;

    private const string Reason = "This account was erased.";

    /// <summary>Goes as far as it gets.</summary>
    /// <returns>Whether nothing is left but the tombstone.</returns>
    public async Task<bool> RunAsync(ErasureJob job, CancellationToken cancellationToken)
    {
        bool isDeaf = await sockets.CloseAsync(job.Account, Reason);
        Traces left = await traces.ReadAsync(job.Partition, cancellationToken);
        bool hadAny = left.Rows.Count > 0;
        while (left.Erased != job.Account || left.Rows.Count > 0)
        {
            if (left.Erased != job.Account || !await EmptyAsync(job, left, cancellationToken))
            {
                return false;
            }

            left = await traces.ReadAsync(job.Partition, cancellationToken); // Who left a group just now has another row.
        }

        // Again: a socket that was opened before the memberships ended was let in.
        isDeaf = hadAny ? await sockets.CloseAsync(job.Account, Reason) : isDeaf;
        if (isDeaf)
        {
            await jobs.SetEmptiedAsync(job, cancellationToken);
            Log.Emptied(logger, job.Account);
        }

        return isDeaf;
    }

    /// <summary>Whether nothing is left but the tombstone. One query.</summary>
    public async Task<bool> IsEmptyAsync(ErasureJob job, CancellationToken cancellationToken)
    {
        Traces left = await traces.ReadAsync(job.Partition, cancellationToken);
        return left.Erased == job.Account && left.Rows.Count == 0;
    }

    /// <returns>Whether every row could be removed.</returns>
    private async Task<bool> EmptyAsync(ErasureJob job, Traces left, CancellationToken cancellationToken)
    {
        List<(string RowKey, Func<Task<bool>> Erase)> steps =
        [
            .. left.Groups.Select(row => (row.RowKey, Step(() => groups.EraseAsync(job.Account, row.Group, row.Slug, row.Doubt, cancellationToken)))),
            .. left.LeftGroups.Select(row => (row.RowKey, Step(() => groups.EraseAsync(job.Account, row.Group, row.Slug, doubt: null, cancellationToken)))),
            .. left.PrivateChats.Select(row => (row.RowKey, Step(() => pairs.EraseAsync(job.Account, row, cancellationToken)))),
            .. left.Blocks.Select(row => (row.RowKey, Step(() => blocks.LiftAsync(job.Account, row, cancellationToken)))),
            .. left.Blockers.Select(row => (row.RowKey, Step(() => blocks.TakeNamesAsync(job.Account, row, cancellationToken)))),
        ];
        await traces.RemoveAsync(job.Partition, left.Rows.ExceptBy(steps.Select(step => step.RowKey), row => row.Key, StringComparer.Ordinal), cancellationToken);
        bool areAllDone = true;
        foreach ((string RowKey, Func<Task<bool>> Erase)[] some in steps.Chunk(ChunkSize))
        {
            bool[] done = new bool[some.Length];
            var bounded = new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, some.Length, bounded, async (index, _) => done[index] = await TryAsync(job, some[index].Erase, cancellationToken));
            await traces.RemoveAsync(job.Partition, some.Where((_, index) => done[index]).Select(step => KeyValuePair.Create(step.RowKey, left.Rows[step.RowKey])), cancellationToken);
            areAllDone &= done.All(isDone => isDone);
        }

        return areAllDone;

        static Func<Task<bool>> Step(Func<Task<bool>> erase) => erase;
    }

    /// <summary>One conversation that fails does not hold up the others.</summary>
    private async Task<bool> TryAsync(ErasureJob job, Func<Task<bool>> erase, CancellationToken cancellationToken)
    {
        try
        {
            return await erase();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, failure, job.Account);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Nothing of erased account {AccountId} is left but what keeps its name for a day.")]
        public static partial void Emptied(ILogger logger, AccountId accountId);

        [LoggerMessage(2, LogLevel.Warning, "Could not take erased account {AccountId} out of a conversation; the sweep goes on.")]
        public static partial void Failed(ILogger logger, Exception exception, AccountId accountId);
    }
}
