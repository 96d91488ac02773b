using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Erasing;

/// <summary>The list of the accounts that the sweep has something left to do about: one partition of the table <c>sweep</c>.</summary>
/// <remarks>A job is written before its account is erased, and removed when its name is free. So a crash leaves a job too many, never one too few.</remarks>
public sealed class ErasureJobStore(ChatTables tables, TimeProvider time)
{
    private const string Partition = "Partition";
    private const string AddedAt = "AddedAt";
    private const string IsEmptied = "IsEmptied";

    /// <summary>Notes an account that is about to be erased. One operation.</summary>
    public async Task<ErasureJob> AddAsync(AccountId account, string partition, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var row = new TableEntity(Keys.Erasures, account.Value) { [Partition] = partition, [AddedAt] = now };
        Response answer = await tables.Sweep.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        return new ErasureJob(account, partition, now, IsEmptied: false, answer.Headers.ETag!.Value);
    }

    /// <summary>All jobs, in no order.</summary>
    public async Task<IReadOnlyList<ErasureJob>> ReadAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<ErasureJob>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Erasures}");
        await foreach (TableEntity row in tables.Sweep.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            jobs.Add(new ErasureJob(
                new AccountId(row.RowKey), row.GetString(Partition)!, row.GetDateTimeOffset(AddedAt)!.Value, row.GetBoolean(IsEmptied) == true, row.ETag));
        }

        return jobs;
    }

    /// <summary>Notes that nothing is left but the tombstone; nothing happens when the job was written again since it was read.</summary>
    public Task SetEmptiedAsync(ErasureJob job, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.Erasures, job.Account.Value) { [IsEmptied] = true };
        return ConditionalWrite.TryAsync(() => tables.Sweep.UpdateEntityAsync(row, job.ETag, TableUpdateMode.Merge, cancellationToken));
    }

    /// <summary>Removes a job; one that was written again since it was read stays.</summary>
    public Task RemoveAsync(ErasureJob job, CancellationToken cancellationToken) =>
        ConditionalWrite.TryAsync(() => tables.Sweep.DeleteEntityAsync(Keys.Erasures, job.Account.Value, job.ETag, cancellationToken));
}
