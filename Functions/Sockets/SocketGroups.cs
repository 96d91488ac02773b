using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Storage;

namespace ServerlessChat.Sockets;

/// <summary>The groups of Web PubSub that connections are in. One name per conversation, the same on the conversation's own hub and on <c>notifications</c>.</summary>
/// <remarks>A group's id is never used again, so what is left in the Web PubSub group of a deleted group hears nothing any more.</remarks>
public static class SocketGroups
{
    public static string Of(ConversationId id) => id.IsPair ? id.Partition : id.Log;

    public static string Of(GroupId group) => group.Value;

    public static string OfPair(AccountId one, AccountId other) => Keys.Pair(one, other);

    /// <summary>On <see cref="Channel.Notifications"/> alone: the connections of one person, so that they can be told one by one.</summary>
    public static string OfPerson(AccountId person) => $"u-{person}";

    /// <summary>On <see cref="Channel.Group"/> alone: the connections of one member to one group, so that they, and no other, can be told and closed.</summary>
    public static string OfMember(GroupId group, AccountId member) => $"{group}.{member}";
}
