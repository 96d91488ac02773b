using Azure;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>A public group as the directory lists it.</summary>
/// <param name="RowKey">Its place: by folded name, then by id.</param>
/// <param name="Doubt">Set while the group is being made, changed or deleted; ask its head. Null: the listing is settled.</param>
public sealed record Listing(string RowKey, GroupId Id, Slug Slug, string Name, string Owner, DateTimeOffset CreatedAt, Doubt? Doubt, ETag ETag);

/// <summary>The directory of public groups: an index of what their heads say, in a few partitions.</summary>
/// <remarks>It follows the inbox's order: doubt, truth, settle. A listing in doubt is shown by nobody who has not asked the head.</remarks>
public sealed class DirectoryStore(ChatTables tables, TimeProvider time)
{
    /// <summary>Puts a group's listing in doubt, and makes it where there is none. One operation.</summary>
    /// <returns>What settles or removes this doubt and no later one.</returns>
    public async Task<ETag> DoubtAsync(GroupId id, Slug slug, string name, string owner, DateTimeOffset createdAt, DoubtCause cause, CancellationToken cancellationToken)
    {
        TableEntity row = Row(id, name);
        row["Group"] = id.Value;
        row["Slug"] = slug.Text;
        row["Name"] = name;
        row["Owner"] = owner;
        row["CreatedAt"] = createdAt;
        Doubt.Put(row, cause, time.GetUtcNow());
        Response answer = await tables.Directory.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
        return answer.Headers.ETag!.Value;
    }

    public Task<ETag> DoubtAsync(Group group, DoubtCause cause, CancellationToken cancellationToken) =>
        DoubtAsync(group.Id, group.Slug, group.Name, group.Owner, group.CreatedAt, cause, cancellationToken);

    /// <summary>Settles a listing by the truth; nothing happens when somebody changed it since.</summary>
    public Task SettleAsync(Group group, ETag doubt, CancellationToken cancellationToken) => ConditionalWrite.TryAsync(() =>
    {
        TableEntity row = Row(group.Id, group.Name);
        row["Name"] = group.Name;
        row["Owner"] = group.Owner;
        Doubt.Settle(row);
        return tables.Directory.UpdateEntityAsync(row, doubt, TableUpdateMode.Merge, cancellationToken);
    });

    /// <summary>Takes a listing away; nothing happens when somebody changed it since.</summary>
    public Task RemoveAsync(GroupId id, string rowKey, ETag doubt, CancellationToken cancellationToken) =>
        ConditionalWrite.TryAsync(() => tables.Directory.DeleteEntityAsync(Keys.DirectoryShard(id), rowKey, doubt, cancellationToken));

    /// <summary>The first public groups by name. One operation a shard, in parallel.</summary>
    public async Task<IReadOnlyList<Listing>> ReadFirstAsync(int limit, CancellationToken cancellationToken)
    {
        List<Listing>[] shards = await Task.WhenAll(
            Enumerable.Range(0, Keys.DirectoryShards).Select(shard => ReadShardAsync(shard.ToString(), limit, cancellationToken)));
        return [.. shards.SelectMany(listings => listings).OrderBy(listing => listing.RowKey, StringComparer.Ordinal).Take(limit)];
    }

    private async Task<List<Listing>> ReadShardAsync(string shard, int limit, CancellationToken cancellationToken)
    {
        var listings = new List<Listing>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard}");
        await foreach (TableEntity row in tables.Directory.QueryAsync<TableEntity>(filter, limit, cancellationToken: cancellationToken))
        {
            listings.Add(Read(row));
            if (listings.Count == limit)
            {
                break;
            }
        }

        return listings;
    }

    private static TableEntity Row(GroupId id, string name) => new(Keys.DirectoryShard(id), Keys.DirectoryRow(name, id));

    private static Listing Read(TableEntity row) => new(
        row.RowKey,
        new GroupId(row.GetString("Group")!),
        Slug.Parse(row.GetString("Slug"))!,
        row.GetString("Name")!,
        row.GetString("Owner")!,
        row.GetDateTimeOffset("CreatedAt")!.Value,
        Doubt.Read(row),
        row.ETag);
}
