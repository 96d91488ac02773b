using System.Text.Json.Serialization;
using ServerlessChat.Groups;
using ServerlessChat.Messages;

namespace ServerlessChat.Notifications;

/// <summary>What a notification is about.</summary>
public static class NotificationKind
{
    /// <summary>A message between the person and another, either way.</summary>
    public const string PrivateMessage = "private_message";

    /// <summary>A message in a group that the person is a member of.</summary>
    public const string GroupMessage = "group_message";

    /// <summary>A message in a group names the person.</summary>
    public const string Mention = "mention";

    /// <summary>A message has another text.</summary>
    public const string Edited = EntryEvent.Edited;

    /// <summary>A message's text is gone.</summary>
    public const string Deleted = EntryEvent.Deleted;

    /// <summary>Somebody put a reaction on a message, or took it back.</summary>
    public const string Reaction = EntryEvent.Reaction;

    /// <summary>Somebody made the person a member of a group.</summary>
    public const string Invite = "invite";

    /// <summary>The person is no member of a group any more; by themselves on another device, when they are the sender.</summary>
    public const string Removed = "removed";

    /// <summary>A group that the person was a member of is gone.</summary>
    public const string GroupDeleted = "group_deleted";
}

/// <summary>A frame of the notifications channel. A message's notification holds the whole message.</summary>
/// <param name="Kind">One of <see cref="NotificationKind"/>.</param>
/// <param name="Id">Of an entry; absent otherwise.</param>
/// <param name="Message">The message's text, or its new one; else a sentence in English, for programs that show it as it is.</param>
/// <param name="User">Of an entry: equals <paramref name="Sender"/>. Absent otherwise.</param>
/// <param name="Sender">Who wrote the message, changed it, reacted, invited, removed or deleted.</param>
/// <param name="Recipient">In private: the other's username. Absent otherwise.</param>
/// <param name="Group">The group's slug; absent in private.</param>
/// <param name="GroupName">For <c>invite</c>, <c>removed</c> and <c>group_deleted</c>.</param>
public sealed record Notification(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? User,
    string Sender,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Recipient,
    DateTimeOffset Timestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GroupName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId)
{
    /// <summary>Of <c>edited</c>, <c>deleted</c> and <c>reaction</c>: the id of the message that changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Target { get; init; }

    /// <summary>Of a message: the id that it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>Of <c>reaction</c>, as <see cref="MessageResponse.Emoji"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Emoji { get; init; }

    /// <summary>Of <c>reaction</c>, as <see cref="MessageResponse.Count"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    /// <summary>Of <c>reaction</c>, as <see cref="MessageResponse.Removed"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Removed { get; init; }

    public static Notification InGroup(Entry entry, string slug) => Of(entry, KindOf(entry, NotificationKind.GroupMessage), recipient: null, slug);

    public static Notification InPrivate(Entry entry, string recipient) => Of(entry, KindOf(entry, NotificationKind.PrivateMessage), recipient, slug: null);

    /// <summary>To the person whom a group's message names.</summary>
    public static Notification Mention(Entry message, string slug) => Of(message, NotificationKind.Mention, recipient: null, slug);

    /// <param name="kind">One that is not a message.</param>
    public static Notification About(string kind, Group group, string by, DateTimeOffset at) => new(
        kind, Id: null, Sentence(kind, group.Name, by), User: null, by, Recipient: null, at, group.Slug.Text, group.Name, ClientId: null);

    private static Notification Of(Entry entry, string kind, string? recipient, string? slug) => new(
        kind, entry.Id, TextOf(entry), entry.User, entry.User, recipient, entry.At, slug, GroupName: null, entry.ClientId)
    {
        Target = entry.Target,
        ReplyTo = entry.ReplyTo,
        Emoji = entry.Reaction?.Emoji,
        Count = entry.Reaction?.Count,
        Removed = entry.Reaction is { IsRemoved: true } ? true : null,
    };

    private static string KindOf(Entry entry, string ofMessage) => EntryEvent.Of(entry.Kind) ?? ofMessage;

    private static string TextOf(Entry entry) => entry switch
    {
        { Kind: EntryKind.Deleted } => $"{entry.User} deleted a message.",
        { Reaction: { IsRemoved: true } reaction } => $"{entry.User} took {reaction.Emoji} back.",
        { Reaction: { } reaction } => $"{entry.User} reacted with {reaction.Emoji}.",
        _ => entry.Text,
    };

    private static string Sentence(string kind, string name, string by) => kind switch
    {
        NotificationKind.Invite => $"{by} added you to {name}.",
        NotificationKind.Removed => $"You are no member of {name} any more.",
        _ => $"{by} deleted {name}.",
    };
}
