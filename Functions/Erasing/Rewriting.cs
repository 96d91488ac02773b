using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Erasing;

/// <summary>Takes the names of erased people out of the entries they wrote, and then their ids out of the head's list.</summary>
/// <remarks>
/// <para>From the oldest entry to the newest, so that a row which somebody makes from an older one meanwhile is still to come. Each change is conditional on the row as it
/// was read: who changes a message at the same moment is not undone.</para>
/// <para>Readers see no difference: they read the head first, and as long as it lists the person, the name is not shown.</para>
/// </remarks>
public sealed partial class Rewriting(ChatTables tables, RewritingStore jobs, ConversationLog log, ILogger<Rewriting> logger)
{
    /// <summary>Logs at a time.</summary>
    private const int MaxParallel = 4;

    /// <summary>Entries that are looked at together: one query.</summary>
    private const int PageSize = 1000;

    /// <summary>Rounds about one page while others change its rows: each has a winner.</summary>
    private const int MaxRounds = 10;

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "Timestamp", "UserId", "User"];

    /// <summary>Goes through all logs. One that fails, or that the time does not suffice for, is gone on with by the next run.</summary>
    /// <returns>Entries rewritten.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int rewritten = 0;
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await jobs.ReadAsync(cancellationToken), bounded, async (job, _) =>
        {
            try
            {
                Interlocked.Add(ref rewritten, await RunAsync(job, cancellationToken));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure, job.Person);
            }
        });
        return rewritten;
    }

    private async Task<int> RunAsync(RewritingJob job, CancellationToken cancellationToken)
    {
        int rewritten = 0;
        for (long first = job.Next; first <= job.Through; first += PageSize)
        {
            long last = Math.Min(first + PageSize - 1, job.Through);
            rewritten += await RewriteAsync(job, first, last, cancellationToken);
            if (last < job.Through)
            {
                await jobs.SetNextAsync(job, last + 1, cancellationToken);
            }
        }

        await StrikeAsync(job, cancellationToken);
        await jobs.RemoveAsync(job, cancellationToken);
        Log.Rewritten(logger, job.Person, rewritten);
        return rewritten;
    }

    private async Task<int> RewriteAsync(RewritingJob job, long first, long last, CancellationToken cancellationToken)
    {
        int rewritten = 0;
        for (int round = 0; round < MaxRounds; round++)
        {
            bool isDone = true;
            foreach (TableEntity[] rows in (await ReadAsync(job, first, last, cancellationToken)).Chunk(RowRange.BatchSize))
            {
                bool isStored = await TryRewriteAsync(rows, cancellationToken);
                rewritten += isStored ? rows.Length : 0;
                isDone &= isStored;
            }

            if (isDone)
            {
                return rewritten;
            }
        }

        throw PendingWrite.Unavailable();
    }

    /// <summary>The rows of the person's entries that hold another name than <see cref="DeletedUser.Name"/>.</summary>
    private async Task<List<TableEntity>> ReadAsync(RewritingJob job, long first, long last, CancellationToken cancellationToken)
    {
        (string partition, string name) = job.Conversation;
        (string from, string to) = (Keys.Entry(name, last), Keys.Entry(name, first - 1));
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var rows = new List<TableEntity>();
        await foreach (TableEntity row in tables.Conversations.QueryAsync<TableEntity>(filter, PageSize, Columns, cancellationToken))
        {
            if (string.Equals(row.GetString("UserId"), job.Person.Value, StringComparison.Ordinal)
                && !string.Equals(row.GetString("User"), DeletedUser.Name, StringComparison.Ordinal))
            {
                rows.Add(row);
            }
        }

        rows.Reverse();
        return rows;
    }

    /// <summary>False: one of them was changed or removed since it was read, and nothing was written.</summary>
    private async Task<bool> TryRewriteAsync(TableEntity[] rows, CancellationToken cancellationToken) => await ConditionalWrite.TryAsync(async () =>
        (await tables.Conversations.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, new TableEntity(row.PartitionKey, row.RowKey) { ["User"] = DeletedUser.Name }, row.ETag)),
            cancellationToken)).GetRawResponse());

    /// <summary>Strikes the person from the head's list, and their name from the newest message that the head repeats. A pair keeps its list: it is what closes it.</summary>
    private async Task StrikeAsync(RewritingJob job, CancellationToken cancellationToken)
    {
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            ConversationHead? head = await log.ReadHeadAsync(job.Conversation.Partition, cancellationToken);
            if (head is null || head.Id != job.Conversation || ChangeOf(head, job.Person) is not { HeadValues.Count: > 0 } change
                || (await log.ChangeAsync(head, change, cancellationToken)).Outcome is WriteOutcome.Done)
            {
                return;
            }
        }

        throw PendingWrite.Unavailable();
    }

    private static ConversationChange ChangeOf(ConversationHead head, AccountId person)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (head.Erased.Has(person) && !head.IsClosed)
        {
            head.Erased.Without(person).Put(values);
        }

        bool isLast = string.Equals(head.Row.GetString("LastUserId"), person.Value, StringComparison.Ordinal)
            && !string.Equals(head.Row.GetString("LastUser"), DeletedUser.Name, StringComparison.Ordinal);
        if (isLast)
        {
            values["LastUser"] = DeletedUser.Name;
        }

        // Raised versions keep two changes of the list apart; a message that comes between would get the wrong writer.
        return new ConversationChange { HeadValues = values, IfUnchanged = isLast };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Took the name of erased account {AccountId} out of {Entries} entries of a log.")]
        public static partial void Rewritten(ILogger logger, AccountId accountId, int entries);

        [LoggerMessage(2, LogLevel.Warning, "Could not take the name of erased account {AccountId} out of a log; the next run goes on.")]
        public static partial void Failed(ILogger logger, Exception exception, AccountId accountId);
    }
}
