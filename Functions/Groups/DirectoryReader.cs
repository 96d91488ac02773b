using ServerlessChat.Accounts;
using ServerlessChat.Inbox;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Groups;

/// <summary>Finds public groups, and settles the listings in doubt that it meets (<see cref="Doubt"/>).</summary>
public sealed class DirectoryReader(DirectoryStore store, InboxStore inbox, GroupStore groups, TimeProvider time)
{
    /// <summary>
    /// A page of the public groups whose name begins with a text, then of those whose slug does. One query for the caller's own groups and one a shard, for names and for slugs;
    /// one read for each listing in doubt and each found by its slug.
    /// </summary>
    public async Task<DirectoryPageResponse> SearchAsync(Caller caller, DirectoryRequest request, CancellationToken cancellationToken)
    {
        Task<InboxContent?> reading = inbox.ReadAsync(caller.Username, cancellationToken);
        (List<FoundGroup> found, string? after) = await FindAsync(request, cancellationToken);
        InboxContent? own = await reading;
        Dictionary<GroupId, GroupInboxRow> rows = own?.Account.Id == caller.Id ? own.Groups.ToDictionary(row => row.Group) : [];
        string?[] roles = await Task.WhenAll(found.Select(group => RoleAsync(caller, group, rows.GetValueOrDefault(group.Id), cancellationToken)));
        return new DirectoryPageResponse(
            [.. found.Zip(roles, (g, role) => new GroupResponse(g.Name, g.Slug.Text, GroupType.Public, g.Owner, g.CreatedAt, role))], after);
    }

    /// <summary>As the inbox says; in doubt, as the group says, two reads.</summary>
    private async Task<string?> RoleAsync(Caller caller, FoundGroup found, GroupInboxRow? row, CancellationToken cancellationToken)
    {
        if (row?.Doubt is null)
        {
            return row?.Role;
        }

        return await groups.ReadAsync(found.Slug, cancellationToken) is { } group && group.Id == found.Id
            ? (await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken))?.Role
            : null;
    }

    public Task<IReadOnlyList<Listing>> ReadNamesAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        store.ReadNamesAsync(prefix, after, limit, cancellationToken);

    /// <summary>A listing as it is to be shown: as it stands, or, in doubt, as the head says; null when it is not.</summary>
    public async Task<Listing?> ShowAsync(Listing row, CancellationToken cancellationToken)
    {
        if (row.Doubt is null)
        {
            return row;
        }

        Group? group = await groups.ReadAsync(row.Slug, cancellationToken);
        if (group is { IsPublic: true } && group.Id == row.Id && string.Equals(Keys.DirectoryRow(group.Name, group.Id), row.RowKey, StringComparison.Ordinal))
        {
            if (row.Doubt.MayBeSettled(time.GetUtcNow()))
            {
                await store.SettleAsync(group, row.ETag, cancellationToken);
            }

            return row with { Name = group.Name, Owner = group.Owner };
        }

        if (row.Doubt.IsOld(time.GetUtcNow()))
        {
            await store.RemoveAsync(row.Id, row.RowKey, row.ETag, cancellationToken);
        }

        return null;
    }

    private async Task<(List<FoundGroup> Found, string? After)> FindAsync(DirectoryRequest request, CancellationToken cancellationToken)
    {
        var found = new List<FoundGroup>();
        string? after = request.After;
        int rows = 0;
        if (after?.StartsWith(Keys.DirectorySlugs, StringComparison.Ordinal) is not true)
        {
            IReadOnlyList<Listing> names = await store.ReadNamesAsync(request.Q, after, request.Limit, cancellationToken);
            found.AddRange(await ParallelReads.AllAsync(names, async row => await ShowAsync(row, cancellationToken) is { } shown ? FoundGroup.Of(shown) : null, cancellationToken));
            (rows, after) = (names.Count, names.Count == request.Limit ? names[^1].RowKey : null);
        }

        if (request.Q.Length == 0 || rows == request.Limit)
        {
            return (found, after);
        }

        int left = request.Limit - rows;
        IReadOnlyList<SlugListing> slugs = await store.ReadSlugsAsync(request.Q, after, left, cancellationToken);
        found.AddRange(await ParallelReads.AllAsync(slugs, row => ShowAsync(row, request.Q, cancellationToken), cancellationToken));
        return (found, slugs.Count == left ? slugs[^1].RowKey : null);
    }

    /// <summary>
    /// Asks the head; null when the group is not public any more, or was found by its name already. A row that the head knows nothing of, and that no writer is behind, goes:
    /// it is what a change that was cut off has left.
    /// </summary>
    private async Task<FoundGroup?> ShowAsync(SlugListing row, string q, CancellationToken cancellationToken)
    {
        if (await groups.ReadAsync(row.Slug, cancellationToken) is { IsPublic: true } group && group.Id == row.Id)
        {
            return Keys.DirectoryPrefix(group.Name).StartsWith(Keys.DirectoryPrefix(q), StringComparison.Ordinal)
                ? null
                : new FoundGroup(group.Id, group.Slug, group.Name, group.Owner, group.CreatedAt);
        }

        if (row.Doubt.IsOld(time.GetUtcNow()))
        {
            await store.RemoveAsync(row.Id, row.RowKey, row.ETag, cancellationToken);
        }

        return null;
    }

    private sealed record FoundGroup(GroupId Id, Slug Slug, string Name, string Owner, DateTimeOffset CreatedAt)
    {
        public static FoundGroup Of(Listing row) => new(row.Id, row.Slug, row.Name, row.Owner, row.CreatedAt);
    }
}
