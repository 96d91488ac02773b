using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Messages;

/// <summary>Where a conversation's rows stand.</summary>
/// <param name="Partition">The partition of its head, members and log.</param>
/// <param name="Log">What its rows are named after: a group's id, so that two groups that had one slug after the other don't mix; <c>pair</c> for a pair.</param>
public sealed record ConversationId(string Partition, string Log)
{
    /// <summary>Whether it is two people's (or one's with oneself), and no group's.</summary>
    public bool IsPair => string.Equals(Log, Keys.PairLog, StringComparison.Ordinal);

    public static ConversationId Of(Slug slug, GroupId group) => new(Keys.Group(slug), group.Value);

    public static ConversationId Of(AccountId one, AccountId other) => new(Keys.Pair(one, other), Keys.PairLog);
}
