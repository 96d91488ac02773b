using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;

namespace ServerlessChat.Signals;

/// <summary>What a page of a group's log shows of its members.</summary>
/// <param name="Own">The reader's own membership; null for somebody who is no member.</param>
/// <param name="Reads">How far the others have read; null where that is not shown.</param>
internal sealed record PageMembers(Member? Own, IReadOnlyList<ReadResponse>? Reads)
{
    /// <summary>
    /// One operation: in a small group a query for all members, the reader among them; otherwise a read of the reader's row (none for the owner). Who goes back in the log has
    /// been told the positions with the page before.
    /// </summary>
    public static async Task<PageMembers> ReadAsync(GroupStore groups, Group group, Caller reader, PageRequest page, CancellationToken cancellationToken)
    {
        if (!group.IsSmall || page.Before is not null)
        {
            return new PageMembers(await groups.ReadMemberAsync(group, reader.Id, reader.Username, cancellationToken), Reads: null);
        }

        IReadOnlyList<Member> members = await groups.ReadMembersAsync(group, after: null, Group.SmallLimit + 1, cancellationToken);
        Member? own = members.FirstOrDefault(member => member.Id == reader.Id);
        if (members.Count > Group.SmallLimit) // It has grown since its head was read.
        {
            return new PageMembers(own ?? await groups.ReadMemberAsync(group, reader.Id, reader.Username, cancellationToken), Reads: null);
        }

        return own is null
            ? new PageMembers(Own: null, Reads: null)
            : new PageMembers(own, [.. members.Where(member => member != own && member.ReadId > 0).Select(member => new ReadResponse(member.Username.Text, member.ReadId))]);
    }
}
