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

    /// <summary>Somebody made the person a member of a group.</summary>
    public const string Invite = "invite";

    /// <summary>The person is no member of a group any more; by themselves on another device, when they are the sender.</summary>
    public const string Removed = "removed";

    /// <summary>A group that the person was a member of is gone.</summary>
    public const string GroupDeleted = "group_deleted";
}

/// <summary>A frame of the notifications channel. A message's notification holds the whole message.</summary>
/// <param name="Kind">One of <see cref="NotificationKind"/>.</param>
/// <param name="Id">Of a message; absent otherwise.</param>
/// <param name="Message">The message's text; else a sentence in English, for programs that show it as it is.</param>
/// <param name="User">Of a message: equals <paramref name="Sender"/>. Absent otherwise.</param>
/// <param name="Sender">Who wrote the message, invited, removed or deleted.</param>
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
    public static Notification InGroup(Entry entry, string slug) => new(
        NotificationKind.GroupMessage, entry.Id, entry.Text, entry.User, entry.User, Recipient: null, entry.At, slug, GroupName: null, entry.ClientId);

    public static Notification InPrivate(Entry entry, string recipient) => new(
        NotificationKind.PrivateMessage, entry.Id, entry.Text, entry.User, entry.User, recipient, entry.At, Group: null, GroupName: null, entry.ClientId);

    /// <param name="kind">One that is not a message.</param>
    public static Notification About(string kind, Group group, string by, DateTimeOffset at) => new(
        kind, Id: null, Sentence(kind, group.Name, by), User: null, by, Recipient: null, at, group.Slug.Text, group.Name, ClientId: null);

    private static string Sentence(string kind, string name, string by) => kind switch
    {
        NotificationKind.Invite => $"{by} added you to {name}.",
        NotificationKind.Removed => $"You are no member of {name} any more.",
        _ => $"{by} deleted {name}.",
    };
}
