using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Inbox;
using ServerlessChat.Storage;

namespace ServerlessChat.Sockets;

/// <summary>The conversations that a person's notifications socket hears.</summary>
/// <param name="Groups">Groups of Web PubSub (<see cref="SocketGroups"/>).</param>
/// <param name="Hash">The same for the same groups.</param>
internal sealed record SocketConversations(IReadOnlyList<string> Groups, string Hash);

/// <summary>Reads them from the inbox. One query, and two reads more for each row in doubt: nobody hears a group by a row in doubt alone.</summary>
internal sealed class SocketInbox(InboxStore inbox, GroupStore groups)
{
    /// <summary>Rows in doubt that are asked about at a time.</summary>
    private const int MaxParallelReads = 16;

    /// <summary>Null: the account is gone.</summary>
    public async Task<SocketConversations?> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        InboxContent? content = await inbox.ReadAsync(caller.Username, cancellationToken);
        if (content is null || content.Account.Id != caller.Id)
        {
            return null;
        }

        bool[] isMember = new bool[content.Groups.Count];
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, isMember.Length, bounded, async (index, _) =>
            isMember[index] = content.Groups[index].Doubt is null || await IsMemberAsync(caller, content.Groups[index], cancellationToken));
        string[] names =
        [
            .. content.Groups.Where((_, index) => isMember[index]).Select(row => SocketGroups.Of(row.Group)),
            .. content.PrivateChats.Select(row => SocketGroups.OfPair(caller.Id, row.OtherId)),
        ];
        return new SocketConversations(names, Keys.Hash(string.Join(' ', names.Order(StringComparer.Ordinal))));
    }

    private async Task<bool> IsMemberAsync(Caller caller, GroupInboxRow row, CancellationToken cancellationToken) =>
        await groups.ReadAsync(row.Slug, cancellationToken) is { } group && group.Id == row.Group
        && await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is not null;
}
