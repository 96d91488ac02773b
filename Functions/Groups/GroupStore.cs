using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>Groups and their members, read from their conversations.</summary>
public sealed class GroupStore(ChatTables tables, ConversationLog log)
{
    /// <summary>The group as it stands; null when the slug is free. One operation.</summary>
    public async Task<Group?> ReadAsync(Slug slug, CancellationToken cancellationToken) =>
        await log.ReadHeadAsync(Keys.Group(slug), cancellationToken) is { } head ? Group.Read(head) : null;

    /// <summary>This very group as it stands; null when it is gone, also when its slug is another's now. One operation.</summary>
    public async Task<Group?> ReadAsync(ConversationId id, CancellationToken cancellationToken) =>
        await log.ReadHeadAsync(id.Partition, cancellationToken) is { } head && head.Id == id ? Group.Read(head) : null;

    /// <summary>The group as this instance last saw it, without an operation. Good enough to try, not to refuse.</summary>
    public Group? Known(Slug slug) => log.KnownHead(Keys.Group(slug)) is { } head ? Group.Read(head) : null;

    /// <summary>A member; null for somebody who is none. One operation; none for the owner, whom the head names (the time of joining is then the group's beginning).</summary>
    public async Task<Member?> ReadMemberAsync(Group group, AccountId account, Username username, CancellationToken cancellationToken) =>
        group.OwnerId == account
            ? new Member(account, username, GroupRole.Owner, group.CreatedAt, ETag.All)
            : await ReadMemberRowAsync(group, account, cancellationToken);

    /// <summary>A member's row, the owner's too, with the time of joining. One operation.</summary>
    public async Task<Member?> ReadMemberRowAsync(Group group, AccountId account, CancellationToken cancellationToken)
    {
        string key = Keys.Member(group.Id.Value, account);
        NullableResponse<TableEntity> row = await tables.Conversations.GetEntityIfExistsAsync<TableEntity>(group.Head.Id.Partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? Member.Read(row.Value!) : null;
    }

    /// <summary>What a caller sees of a group; null when it does not exist for them. Two operations at most.</summary>
    public async Task<GroupAccess?> ReadAccessAsync(Caller caller, string? slug, CancellationToken cancellationToken)
    {
        if (Slug.Parse(slug) is not { } parsed || await ReadAsync(parsed, cancellationToken) is not { } group)
        {
            return null;
        }

        var access = new GroupAccess(group, await ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken));
        return access.MayRead ? access : null;
    }

    /// <summary>A page of members, by account id. One operation.</summary>
    /// <param name="after">The account id that the page before ended with; null for the first page.</param>
    public async Task<IReadOnlyList<Member>> ReadMembersAsync(Group group, AccountId? after, int limit, CancellationToken cancellationToken)
    {
        string prefix = Keys.MemberPrefix(group.Id.Value);
        string from = after is { } last ? Keys.Member(group.Id.Value, last) : prefix;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {group.Head.Id.Partition} and RowKey gt {from} and RowKey lt {Keys.After(prefix)}");
        var members = new List<Member>();
        await foreach (TableEntity row in tables.Conversations.QueryAsync<TableEntity>(filter, limit, cancellationToken: cancellationToken))
        {
            members.Add(Member.Read(row));
            if (members.Count == limit)
            {
                break;
            }
        }

        return members;
    }
}

/// <summary>A group and what the caller is in it.</summary>
/// <param name="Member">Null for somebody who is not a member.</param>
public sealed record GroupAccess(Group Group, Member? Member)
{
    public bool MayRead => Group.IsPublic || Member is not null;

    public bool IsOwner => Member is { IsOwner: true };

    public bool MayManage => Member is { MayManage: true };
}
