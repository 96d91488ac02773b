using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Core;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;
using ServerlessChat.Sockets;
using ServerlessChat.Storage;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Notifications;

/// <summary>Publishes over Web PubSub: two calls an entry, one to the conversation's channel and one to the notifications of its people.</summary>
/// <remarks>Calls to one hub follow each other, each after the answer to the one before: only then does a group of Web PubSub keep their order. The two hubs don't wait for each other.</remarks>
internal sealed class LivePublisher(SocketHubs hubs, Mentions mentions) : IPublisher
{
    /// <summary>Pairs remembered as connected; beyond it they are connected anew, which does no harm.</summary>
    private const int MaxPairs = 10_000;

    private readonly ConcurrentDictionary<string, bool> _connectedPairs = new(StringComparer.Ordinal);

    public async Task<bool> PublishAsync(ConversationHead conversation, IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        bool isPair = string.Equals(conversation.Id.Log, Keys.PairLog, StringComparison.Ordinal);
        string group = SocketGroups.Of(conversation.Id);
        Task notifications = Task.WhenAll(
            NotifyAsync(conversation, entries, group, isPair), isPair ? Task.CompletedTask : mentions.TellAsync(conversation, entries));
        WebPubSubServiceClient channel = isPair ? hubs.Private : hubs.Group;
        bool isPublished = await SendAllAsync(channel, group, entries.Select(entry => Frame(conversation, entry, isPair)));
        await notifications;
        return isPublished;
    }

    private async Task NotifyAsync(ConversationHead conversation, IReadOnlyList<Entry> entries, string group, bool isPair)
    {
        if (isPair)
        {
            await ConnectPairAsync(conversation.Id, group);
        }

        await SendAllAsync(hubs.Notifications, group, entries.Select(entry => Notification(conversation, entry, isPair)));
    }

    /// <summary>
    /// Lets both people's open notifications sockets hear a pair: once per pair and instance. The pair's first message is what makes it necessary; to do it again elsewhere repairs
    /// what an instance that was cut off has not done.
    /// </summary>
    private async Task ConnectPairAsync(ConversationId pair, string group)
    {
        if (_connectedPairs.ContainsKey(group))
        {
            return;
        }

        (AccountId low, AccountId high) = Pair.Ids(pair);
        AccountId[] people = low == high ? [low] : [low, high];
        bool[] done = await Task.WhenAll(people.Select(person => hubs.TryAsync(
            "letting a pair's people hear it", call => hubs.Notifications.AddUserToGroupAsync(group, person.Value, call))));
        if (_connectedPairs.Count >= MaxPairs)
        {
            _connectedPairs.Clear();
        }

        if (done.All(added => added))
        {
            _connectedPairs.TryAdd(group, value: true);
        }
    }

    private async Task<bool> SendAllAsync(WebPubSubServiceClient hub, string group, IEnumerable<byte[]> frames)
    {
        bool isComplete = true;
        foreach (byte[] frame in frames)
        {
            isComplete &= await hubs.TryAsync(
                "a message's frame", call => hub.SendToGroupAsync(group, RequestContent.Create(frame), ContentType.ApplicationJson, call));
        }

        return isComplete;
    }

    private static byte[] Frame(ConversationHead conversation, Entry entry, bool isPair) => JsonSerializer.SerializeToUtf8Bytes(
        isPair ? MessageResponse.InPrivate(entry, Pair.Other(conversation, entry.UserId)) : MessageResponse.InGroup(entry), ChatJson.Readable.MessageResponse);

    private static byte[] Notification(ConversationHead conversation, Entry entry, bool isPair) => JsonSerializer.SerializeToUtf8Bytes(
        isPair
            ? Notifications.Notification.InPrivate(entry, Pair.Other(conversation, entry.UserId))
            : Notifications.Notification.InGroup(entry, Groups.Group.Read(conversation).Slug.Text),
        ChatJson.Readable.Notification);
}
