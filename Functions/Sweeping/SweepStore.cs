using Azure;
using ServerlessChat.Groups;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Sweeping;

/// <summary>A group whose rows are to be removed.</summary>
/// <param name="Partition">Where its members and log stand.</param>
/// <param name="Name">Its name when it was deleted: where the directory listed it.</param>
/// <param name="Slug">Its slug: where the directory lists it too. Null in a job of an earlier version.</param>
/// <param name="AddedAt">When its deletion began.</param>
public sealed record SweepJob(GroupId Group, string Partition, string Name, Slug? Slug, DateTimeOffset AddedAt, ETag ETag);

/// <summary>The list of what the sweep still has to remove: one partition.</summary>
/// <remarks>A job is written before the group is deleted, and removed when nothing is left. So a crash leaves a job too many, never one too few.</remarks>
public sealed class SweepStore(ChatTables tables, TimeProvider time)
{
    /// <summary>Notes a group that is about to be deleted. One operation.</summary>
    public Task AddAsync(Group group, CancellationToken cancellationToken)
    {
        var job = new TableEntity(Keys.Sweep, group.Id.Value)
        {
            ["Partition"] = Keys.Group(group.Slug),
            ["Name"] = group.Name,
            ["Slug"] = group.Slug.Text,
            ["AddedAt"] = time.GetUtcNow(),
        };
        return tables.Sweep.UpsertEntityAsync(job, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Removes a job; one that was written again since it was read stays.</summary>
    public async Task RemoveAsync(SweepJob job, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Sweep.DeleteEntityAsync(Keys.Sweep, job.Group.Value, job.ETag, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            // A second attempt to delete the group: its job is for the next run.
        }
    }

    /// <summary>All jobs, in no order.</summary>
    public async Task<IReadOnlyList<SweepJob>> ReadAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<SweepJob>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Sweep}");
        await foreach (TableEntity row in tables.Sweep.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            jobs.Add(new SweepJob(new GroupId(row.RowKey), row.GetString("Partition")!, row.GetString("Name")!, Slug.Parse(row.GetString("Slug")), row.GetDateTimeOffset("AddedAt")!.Value, row.ETag));
        }

        return jobs;
    }
}
