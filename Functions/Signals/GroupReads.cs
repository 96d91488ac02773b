using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Signals;

/// <summary>How far members have read a group: for themselves in the inbox, and, while the group is small, for the others in the member's row.</summary>
internal sealed class GroupReads(
    GroupStore groups, MemberRows members, InboxStore inbox, ChatTables tables, ConversationLog log, SignalRate rate, SignalPublisher publisher)
{
    /// <summary>
    /// Moves the caller's position forward; null when done. In a small group three reads and two writes, in another two reads and one write (one read more as long as the membership is in doubt).
    /// </summary>
    /// <returns>404 for who does not see the group; 403 for who sees it and is no member; 400; 429.</returns>
    public async Task<ApiProblem?> MarkAsync(Caller caller, string slug, long? id, CancellationToken cancellationToken)
    {
        if (rate.Refuse(caller) is { } tooFast)
        {
            return tooFast;
        }

        return Slug.Parse(slug) is { } parsed && await groups.ReadAsync(parsed, cancellationToken) is { } group
            ? await MarkAsync(caller, group, id, group.IsPublic ? Errors.Forbidden : Errors.NotFound, cancellationToken)
            : ApiProblem.Of(Errors.NotFound);
    }

    /// <summary>The same for who is on the group's channel. It needs no look at the head when this instance has seen one in which there is such an entry.</summary>
    /// <returns>404 when the group is gone; 403 for who is no member any more; 400; 429.</returns>
    public async Task<ApiProblem?> MarkAsync(Caller caller, ConversationId id, long? entry, CancellationToken cancellationToken)
    {
        if (rate.Refuse(caller) is { } tooFast)
        {
            return tooFast;
        }

        Group? group = log.KnownHead(id.Partition) is { } known && known.Id == id && entry <= known.LastId
            ? Group.Read(known)
            : await groups.ReadAsync(id, cancellationToken);
        return group is null ? ApiProblem.Of(Errors.NotFound) : await MarkAsync(caller, group, entry, Errors.Forbidden, cancellationToken);
    }

    /// <summary>Whether the caller is a member is asked of the rows that are to be written, and of nothing that this instance remembers.</summary>
    private async Task<ApiProblem?> MarkAsync(Caller caller, Group group, long? id, ErrorKind notMember, CancellationToken cancellationToken)
    {
        ReadRow own = inbox.ReadOfGroup(caller.Username, group.Id);
        ReadRow? shown = group.IsSmall ? new ReadRow(tables.Conversations, group.Head.Id.Partition, Keys.Member(group.Id.Value, caller.Id)) : null;
        Task<TableEntity?> finding = own.FindAsync(cancellationToken);
        TableEntity? memberRow = shown is null ? null : await shown.FindAsync(cancellationToken);
        TableEntity? ownRow = await finding;
        bool isMember = memberRow is not null
            || (shown is null && (IsSettled(ownRow) || await members.HasAsync(group.Head.Id, caller.Id, cancellationToken)));
        if (!isMember)
        {
            return ApiProblem.Of(notMember);
        }

        if (ReadRules.Check(id, group.Head.LastId) is { } wrong)
        {
            return wrong;
        }

        Task<bool> moving = MoveOwnAsync(caller, group, own, ownRow, id!.Value, cancellationToken);
        bool hasMoved = shown is not null && await shown.MoveAsync(memberRow, id.Value, cancellationToken) == true;
        if (await moving || hasMoved)
        {
            await publisher.ReadAsync(SignalScope.Of(group), caller, id.Value);
        }

        return null;
    }

    private async Task<bool> MoveOwnAsync(Caller caller, Group group, ReadRow own, TableEntity? row, long id, CancellationToken cancellationToken)
    {
        if (await own.MoveAsync(row, id, cancellationToken) is { } moved)
        {
            return moved;
        }

        // A member without an inbox row: a change was cut off and its row settled away. Make the row, in doubt as any new one, and go on.
        return await inbox.DoubtAsync(caller.Id, caller.Username, group.Id, group.Slug, DoubtCause.Addition, cancellationToken) is null
            ? throw new ApiProblemException(ApiProblem.Of(Errors.NotSignedIn))
            : await own.MoveAsync(await own.FindAsync(cancellationToken), id, cancellationToken) == true;
    }

    /// <summary>A row that is not in doubt says what the member's row says.</summary>
    private static bool IsSettled(TableEntity? row) => row is not null && Doubt.Read(row) is null;
}
