using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;

namespace ServerlessChat.Signals;

/// <summary>A conversation as a signal is told in it.</summary>
/// <param name="IsShared">Whether others than the sender are told: two people, or a small group.</param>
/// <param name="Group">The slug; null in private.</param>
/// <param name="Recipient">In private: the other's username; null in a group.</param>
internal sealed record SignalScope(ConversationId Id, bool IsShared, string? Group, string? Recipient)
{
    /// <summary>The group of Web PubSub that hears it, on the conversation's own hub and on <c>notifications</c>.</summary>
    public string Sockets => SocketGroups.Of(Id);

    public static SignalScope Of(Group group) => new(group.Head.Id, group.IsSmall, group.Slug.Text, Recipient: null);

    /// <param name="isShared">Whether the other is told: not in notes to oneself, nor while one blocks the other.</param>
    public static SignalScope OfPair(ConversationId pair, string recipient, bool isShared) => new(pair, isShared, Group: null, recipient);
}
