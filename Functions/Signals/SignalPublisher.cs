using System.Text.Json;
using Azure.Core;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Signals;

/// <summary>Tells signals over Web PubSub. Never fails, and bounds its own time (<see cref="SocketHubs.TrySignalAsync"/>); what is lost is lost.</summary>
internal sealed class SignalPublisher(SocketHubs hubs, TimeProvider time)
{
    /// <summary>Conversations in one call's filter: its address then takes about 3 KB, well under what servers take, and a service's limit is about 100 clauses.</summary>
    private const int MaxPerCall = 25;

    /// <summary>Two calls; one, to the reader's own devices, where nobody else is told.</summary>
    public Task ReadAsync(SignalScope scope, Caller reader, long id)
    {
        byte[] notification = Notification(SignalKind.Read, scope, reader, $"{reader.Username.Text} has read up to {id}.", id);
        return scope.IsShared
            ? TellAsync(scope, new SignalFrame(SignalKind.Read, reader.Username.Text, id), notification)
            : TryAsync("a read position", call => hubs.Notifications.SendToUserAsync(reader.Id.Value, RequestContent.Create(notification), ContentType.ApplicationJson, call));
    }

    /// <summary>Two calls.</summary>
    public Task TypingAsync(SignalScope scope, Caller writer) => TellAsync(
        scope,
        new SignalFrame(SignalKind.Typing, writer.Username.Text),
        Notification(SignalKind.Typing, scope, writer, $"{writer.Username.Text} is typing.", id: null));

    /// <summary>Tells whoever hears one of these conversations, each connection once, and not the person's own. One call for 25 conversations and each hub that they are on.</summary>
    public Task PresenceAsync(Caller person, bool isOnline, IReadOnlyList<ConversationId> where)
    {
        string name = person.Username.Text;
        byte[] frame = Write(new SignalFrame(SignalKind.Presence, name, Online: isOnline));
        byte[] notification = JsonSerializer.SerializeToUtf8Bytes(
            new SignalNotification(
                SignalKind.Presence, Id: null, $"{name} is {(isOnline ? "online" : "offline")}.", name, Recipient: null, isOnline, time.GetUtcNow(), Group: null),
            ChatJson.Readable.SignalNotification);
        return !hubs.IsConfigured ? Task.CompletedTask : Task.WhenAll(
            ToAllAsync(hubs.Notifications, notification, person, where),
            ToAllAsync(hubs.Group, frame, person, where.Where(id => !id.IsPair)),
            ToAllAsync(hubs.Private, frame, person, where.Where(id => id.IsPair)));
    }

    private async Task ToAllAsync(WebPubSubServiceClient hub, byte[] frame, Caller person, IEnumerable<ConversationId> where)
    {
        foreach (ConversationId[] some in where.Chunk(MaxPerCall))
        {
            // Names of groups and people's ids hold no quote.
            string hearing = string.Join(" or ", some.Select(id => $"'{SocketGroups.Of(id)}' in groups"));
            string filter = $"userId ne '{person.Id}' and ({hearing})";
            await TryAsync("a person's presence", call => hub.SendToAllAsync(RequestContent.Create(frame), ContentType.ApplicationJson, filter: filter, context: call));
        }
    }

    private Task TellAsync(SignalScope scope, SignalFrame frame, byte[] notification)
    {
        byte[] bytes = Write(frame);
        return Task.WhenAll(
            TryAsync("a signal's frame", call => ChannelOf(scope).SendToGroupAsync(scope.Sockets, RequestContent.Create(bytes), ContentType.ApplicationJson, call)),
            TryAsync("a signal's notification", call => hubs.Notifications.SendToGroupAsync(scope.Sockets, RequestContent.Create(notification), ContentType.ApplicationJson, call)));
    }

    private WebPubSubServiceClient ChannelOf(SignalScope scope) => scope.Id.IsPair ? hubs.Private : hubs.Group;

    /// <summary>Nothing is told where there is no Web PubSub.</summary>
    private Task TryAsync(string what, Func<Azure.RequestContext, Task<Azure.Response>> call) => hubs.IsConfigured ? hubs.TrySignalAsync(what, call) : Task.CompletedTask;

    private byte[] Notification(string kind, SignalScope scope, Caller sender, string sentence, long? id) => JsonSerializer.SerializeToUtf8Bytes(
        new SignalNotification(kind, id, sentence, sender.Username.Text, scope.Recipient, Online: null, time.GetUtcNow(), scope.Group), ChatJson.Readable.SignalNotification);

    private static byte[] Write(SignalFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ChatJson.Readable.SignalFrame);
}
