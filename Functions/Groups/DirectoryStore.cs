using Azure;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>A public group as the directory lists it.</summary>
/// <param name="RowKey">Its place: by folded name, then by id.</param>
/// <param name="Doubt">Set while the group is being made, changed or deleted; ask its head. Null: the listing is settled.</param>
public sealed record Listing(string RowKey, GroupId Id, Slug Slug, string Name, string Owner, DateTimeOffset CreatedAt, Doubt? Doubt, ETag ETag);

/// <summary>A group that was public when this was written; its head says whether it is, and what it is called.</summary>
/// <param name="Doubt">As of when it was written: it is never settled.</param>
public sealed record SlugListing(string RowKey, GroupId Id, Slug Slug, Doubt Doubt, ETag ETag);

/// <summary>What settles or removes the rows of one doubt and of no later one.</summary>
/// <param name="Name">Of the row by name.</param>
/// <param name="Slug">Of the row by slug.</param>
public readonly record struct ListingDoubt(ETag Name, ETag Slug);

/// <summary>The directory of public groups: an index of what their heads say, in a few partitions.</summary>
/// <remarks>It follows the inbox's order: doubt, truth, settle. A listing in doubt is shown by nobody who has not asked the head.</remarks>
public sealed class DirectoryStore(ChatTables tables, TimeProvider time)
{
    /// <summary>Puts a group's listing in doubt, and makes it and its row by slug where there is none. One operation.</summary>
    /// <returns>What settles or removes this doubt and no later one.</returns>
    public async Task<ListingDoubt> DoubtAsync(GroupId id, Slug slug, string name, string owner, DateTimeOffset createdAt, DoubtCause cause, CancellationToken cancellationToken)
    {
        TableEntity row = Row(id, name);
        row["Group"] = id.Value;
        row["Slug"] = slug.Text;
        row["Name"] = name;
        row["Owner"] = owner;
        row["CreatedAt"] = createdAt;
        DateTimeOffset now = time.GetUtcNow();
        Doubt.Put(row, cause, now);
        TableEntity bySlug = SlugRow(id, slug);
        bySlug["Group"] = id.Value;
        bySlug["Slug"] = slug.Text;
        bySlug["At"] = now; // So that each doubt has an ETag of its own.
        Response<IReadOnlyList<Response>> answer = await tables.Directory.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpsertMerge, row), new(TableTransactionActionType.UpsertReplace, bySlug)], cancellationToken);
        return new ListingDoubt(answer.Value[0].Headers.ETag!.Value, answer.Value[1].Headers.ETag!.Value);
    }

    public Task<ListingDoubt> DoubtAsync(Group group, DoubtCause cause, CancellationToken cancellationToken) =>
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

    /// <summary>Takes the row by slug away, when a group is gone or private; nothing happens when somebody doubted it since. One operation.</summary>
    public Task RemoveSlugAsync(GroupId id, Slug slug, ListingDoubt doubt, CancellationToken cancellationToken) =>
        ConditionalWrite.TryAsync(() => tables.Directory.DeleteEntityAsync(
            Keys.DirectoryShard(id), Keys.DirectorySlugRow(slug, id), doubt.Slug, cancellationToken));

    /// <summary>Public groups by name. One operation a shard, in parallel.</summary>
    /// <param name="prefix">Of the name; empty for all.</param>
    /// <param name="after">The row key that the page before ended with; null for the first page.</param>
    public Task<IReadOnlyList<Listing>> ReadNamesAsync(string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        string from = Keys.DirectoryPrefix(prefix);
        return ReadAsync(from, from.Length > 0 ? Keys.After(from) : Keys.DirectorySlugs, after, limit, Read, listing => listing.RowKey, cancellationToken);
    }

    /// <summary>What may be public groups by slug: each has to be asked for. One operation a shard, in parallel.</summary>
    /// <param name="prefix">Of the slug; not empty.</param>
    /// <param name="after">As for names.</param>
    public Task<IReadOnlyList<SlugListing>> ReadSlugsAsync(string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        string from = Keys.DirectorySlugPrefix(prefix);
        return ReadAsync(
            from, Keys.After(from), after, limit, ReadSlug, listing => listing.RowKey, cancellationToken);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string from, string to, string? after, int limit, Func<TableEntity, T> read, Func<T, string> keyOf, CancellationToken cancellationToken)
    {
        List<T>[] shards = await Task.WhenAll(Enumerable.Range(0, Keys.DirectoryShards).Select(
            shard => ReadShardAsync(shard.ToString(), from, to, after ?? "", limit, read, cancellationToken)));
        return [.. shards.SelectMany(listings => listings).OrderBy(keyOf, StringComparer.Ordinal).Take(limit)];
    }

    private async Task<List<T>> ReadShardAsync<T>(
        string shard, string from, string to, string after, int limit, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        var listings = new List<T>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey gt {after} and RowKey lt {to}");
        await foreach (TableEntity row in tables.Directory.QueryAsync<TableEntity>(filter, limit, cancellationToken: cancellationToken))
        {
            listings.Add(read(row));
            if (listings.Count == limit)
            {
                break;
            }
        }

        return listings;
    }

    private static TableEntity SlugRow(GroupId id, Slug slug) => new(Keys.DirectoryShard(id), Keys.DirectorySlugRow(slug, id));

    private static TableEntity Row(GroupId id, string name) => new(Keys.DirectoryShard(id), Keys.DirectoryRow(name, id));

    private static SlugListing ReadSlug(TableEntity row) => new(
        row.RowKey,
        new GroupId(row.GetString("Group")!),
        Slug.Parse(row.GetString("Slug"))!,
        new Doubt(row.GetDateTimeOffset("At")!.Value, DoubtCause.Addition),
        row.ETag);

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
