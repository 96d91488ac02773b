using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Storage;

namespace ServerlessChat.Sockets;

/// <summary>The conversations that a person's notifications socket hears.</summary>
/// <param name="Groups">The person's groups.</param>
/// <param name="Pairs">The person's private chats.</param>
internal sealed record SocketConversations(IReadOnlyList<ConversationId> Groups, IReadOnlyList<ConversationId> Pairs)
{
    /// <summary>Those of the pairs whose head says whether the two hear each other.</summary>
    public required IReadOnlySet<ConversationId> AskedPairs { get; init; }

    /// <summary>Groups of Web PubSub.</summary>
    public IEnumerable<string> Names => Groups.Concat(Pairs).Select(SocketGroups.Of);

    /// <summary>The same for the same conversations.</summary>
    public string Hash => Keys.Hash(string.Join(' ', Names.Order(StringComparer.Ordinal)));
}

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
        return new SocketConversations(
            [.. content.Groups.Where((_, index) => isMember[index]).Select(row => ConversationId.Of(row.Slug, row.Group))],
            [.. content.PrivateChats.Select(row => ConversationId.Of(caller.Id, row.OtherId))])
        {
            AskedPairs = content.PrivateChats.Where(row => row.AsksHead).Select(row => ConversationId.Of(caller.Id, row.OtherId)).ToHashSet(),
        };
    }

    private async Task<bool> IsMemberAsync(Caller caller, GroupInboxRow row, CancellationToken cancellationToken) =>
        await groups.ReadAsync(row.Slug, cancellationToken) is { } group && group.Id == row.Group
        && await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is not null;
}
