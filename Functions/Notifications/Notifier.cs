using System.Text.Json;
using Azure.Core;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Sockets;

namespace ServerlessChat.Notifications;

/// <summary>Sends what is not a message over the notifications channel. Never fails; what is lost, a dashboard shows.</summary>
internal sealed class Notifier(SocketHubs hubs, TimeProvider time)
{
    /// <summary>To one person, on every device.</summary>
    public Task TellAsync(AccountId person, string kind, Group group, Caller by) => hubs.TryAsync(
        "a notification", call => hubs.Notifications.SendToUserAsync(person.Value, Content(kind, group, by), ContentType.ApplicationJson, call));

    /// <summary>To everyone who hears the group.</summary>
    public Task TellMembersAsync(string kind, Group group, Caller by) => hubs.TryAsync(
        "a notification", call => hubs.Notifications.SendToGroupAsync(SocketGroups.Of(group.Id), Content(kind, group, by), ContentType.ApplicationJson, call));

    private RequestContent Content(string kind, Group group, Caller by) => RequestContent.Create(
        JsonSerializer.SerializeToUtf8Bytes(Notification.About(kind, group, by.Username.Text, time.GetUtcNow()), ChatJson.Readable.Notification));
}
