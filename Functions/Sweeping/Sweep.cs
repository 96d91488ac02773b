using Azure;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Sweeping;

/// <summary>Removes what deleted groups left behind: inbox rows, members, messages, markers.</summary>
/// <remarks>Every step is safe to repeat, and a job goes last: a run that is cut off anywhere is continued by the next.</remarks>
public sealed partial class Sweep(ChatTables tables, SweepStore sweeps, ConversationLog log, TimeProvider time, ILogger<Sweep> logger)
{
    /// <summary>Table Storage's limit of one transaction.</summary>
    private const int BatchSize = 100;

    /// <summary>A job whose group still stands after this long is a deletion that never came to its end; the group stays.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(1);

    /// <summary>Goes through all jobs; a job that fails is left to the next run and does not hold up the others.</summary>
    /// <returns>Rows removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int removed = 0;
        foreach (SweepJob job in await sweeps.ReadAsync(cancellationToken))
        {
            try
            {
                removed += await RunAsync(job, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure, job.Group);
            }
        }

        return removed;
    }

    private async Task<int> RunAsync(SweepJob job, CancellationToken cancellationToken)
    {
        ConversationHead? head = await log.ReadHeadAsync(job.Partition, cancellationToken);
        if (head is not null && string.Equals(head.Id.Log, job.Group.Value, StringComparison.Ordinal))
        {
            if (time.GetUtcNow() - job.AddedAt > GiveUpAfter)
            {
                await sweeps.RemoveAsync(job, cancellationToken);
            }

            return 0;
        }

        int removed = await RemoveMembersAsync(job, cancellationToken)
            + await RemoveAllAsync(job.Partition, Keys.EntryPrefix(job.Group.Value), cancellationToken)
            + await RemoveAllAsync(job.Partition, Keys.SentPrefix(job.Group.Value), cancellationToken);
        await DeleteAsync(tables.Directory, Keys.DirectoryShard(job.Group), Keys.DirectoryRow(job.Name, job.Group), cancellationToken);
        if (job.Slug is { } slug)
        {
            await DeleteAsync(tables.Directory, Keys.DirectoryShard(job.Group), Keys.DirectorySlugRow(slug, job.Group), cancellationToken);
        }

        await sweeps.RemoveAsync(job, cancellationToken);
        Log.Swept(logger, job.Group, removed);
        return removed;
    }

    /// <summary>Inbox rows first: the member row is what leads to them.</summary>
    private async Task<int> RemoveMembersAsync(SweepJob job, CancellationToken cancellationToken)
    {
        string prefix = Keys.MemberPrefix(job.Group.Value);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {job.Partition} and RowKey ge {prefix} and RowKey lt {Keys.After(prefix)}");
        string[] columns = ["PartitionKey", "RowKey", "Username"];
        int removed = 0;
        await foreach (TableEntity[] rows in tables.Conversations.QueryAsync<TableEntity>(filter, BatchSize, columns, cancellationToken)
            .Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            await Task.WhenAll(rows.Select(row => Username.Parse(row.GetString("Username")) is { } username
                ? DeleteAsync(tables.Users, Keys.User(username), Keys.InboxGroup(job.Group), cancellationToken)
                : Task.CompletedTask));
            await DeleteAsync(rows, cancellationToken);
            removed += rows.Length;
        }

        return removed;
    }

    private async Task<int> RemoveAllAsync(string partition, string prefix, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {Keys.After(prefix)}");
        string[] columns = ["PartitionKey", "RowKey"];
        int removed = 0;
        await foreach (TableEntity[] rows in tables.Conversations.QueryAsync<TableEntity>(filter, maxPerPage: 1000, columns, cancellationToken)
            .Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            await DeleteAsync(rows, cancellationToken);
            removed += rows.Length;
        }

        return removed;
    }

    /// <summary>Deletes rows of one partition together; one by one when another run of the sweep has taken some of them.</summary>
    private async Task DeleteAsync(TableEntity[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Conversations.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            await Task.WhenAll(rows.Select(row => DeleteAsync(tables.Conversations, row.PartitionKey, row.RowKey, cancellationToken)));
        }
    }

    /// <summary>That it is gone already is fine.</summary>
    private static Task<Response> DeleteAsync(TableClient table, string partition, string rowKey, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(partition, rowKey, ETag.All, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Removed {Rows} rows of deleted group {Group}.")]
        public static partial void Swept(ILogger logger, GroupId group, int rows);

        [LoggerMessage(2, LogLevel.Warning, "Could not remove all of deleted group {Group}; the next run goes on.")]
        public static partial void Failed(ILogger logger, Exception exception, GroupId group);
    }
}
