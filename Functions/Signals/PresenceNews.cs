using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Signals;

/// <summary>Tells others that somebody has come or gone, when a socket is opened or closed.</summary>
/// <remarks>
/// The events are told once, perhaps late, perhaps never, and in no order. So none of them is believed: Web PubSub is asked what is open now. Who comes with a second socket, or
/// goes and has another left, is not news. What is told wrongly all the same, by two events at one moment, <see cref="Presence"/> puts right for whoever asks.
/// </remarks>
internal sealed class PresenceNews(
    OpenSockets sockets, PresenceAudience audience, SocketInbox inbox, GroupStore groups, ConversationLog log, PresenceRate rate, SignalPublisher publisher)
{
    /// <summary>
    /// A socket is open. On <c>notifications</c>: one call, and when it is the person's first, a read for each group that this instance has not seen and a call for each hub that is told.
    /// On another channel: one call when the person is online anyway, four otherwise.
    /// </summary>
    /// <param name="socket">As it was reviewed.</param>
    public async Task CameAsync(WebPubSubConnectionContext context, ReviewedSocket socket, CancellationToken cancellationToken)
    {
        AccountId person = socket.Caller.Id;
        if (!rate.TryTake(person))
        {
            return;
        }

        if (socket.Conversations is { } conversations)
        {
            if (await sockets.IsOnlyAsync(Channel.Notifications, SocketGroups.OfPerson(person), person, context.ConnectionId) is true)
            {
                await TellAsync(socket.Caller, isOnline: true, await audience.OfAsync(conversations, cancellationToken));
            }

            return;
        }

        bool isNews = socket is { State.Conversation: { } id, Group: null or { IsSmall: true } }
            && await sockets.IsConnectedAsync(Channel.Notifications, person) is not true
            && await sockets.IsOnlyAsync(context.Hub, id.IsPair ? SocketGroups.Of(id) : SocketGroups.OfMember(new GroupId(id.Log), person), person, context.ConnectionId) is not false
            && (socket.Group is not null || await IsHeardAsync(id, cancellationToken));
        if (isNews)
        {
            await TellAsync(socket.Caller, isOnline: true, [socket.State.Conversation!]);
        }
    }

    /// <summary>A socket is closed. One call when the person has another one; else the reads that say who is to be told, and a call for each hub.</summary>
    public async Task WentAsync(WebPubSubConnectionContext context, CancellationToken cancellationToken)
    {
        if (SocketState.Decode(context.State) is not { } state || state.CallerOf(context.UserId) is not { } caller
            || !rate.TryTake(caller.Id)
            || await sockets.IsConnectedAsync(Channel.Notifications, caller.Id) is not false)
        {
            return;
        }

        IReadOnlyList<ConversationId> left = state.Conversation is { } id
            ? await IsNewsAsync(caller, state, id, cancellationToken) ? [id] : []
            : await FromNotificationsAsync(caller, cancellationToken);
        await TellAsync(caller, isOnline: false, left);
    }

    /// <summary>Whether others on a conversation's channel are to hear that somebody has left it: not, when they have another socket there, or are no member any more.</summary>
    private async Task<bool> IsNewsAsync(Caller caller, SocketState state, ConversationId id, CancellationToken cancellationToken)
    {
        if (await sockets.IsOnChannelAsync(id, caller.Id) is not false)
        {
            return false;
        }

        if (id.IsPair)
        {
            return await IsHeardAsync(id, cancellationToken);
        }

        return await groups.ReadAsync(id, cancellationToken) is { IsSmall: true } group
            && (group.Head.Version == state.Version || await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is not null);
    }

    /// <summary>Who closes their last notifications socket has gone everywhere but where they are on the channel itself.</summary>
    private async Task<IReadOnlyList<ConversationId>> FromNotificationsAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await inbox.ReadAsync(caller, cancellationToken) is not { } conversations)
        {
            return [];
        }

        IReadOnlyList<ConversationId> all = await audience.OfAsync(conversations, cancellationToken);
        IReadOnlyList<ConversationId>[] left = await Task.WhenAll(
            WithoutChannelsAsync(Channel.Private, [.. all.Where(id => id.IsPair)], caller.Id), WithoutChannelsAsync(Channel.Group, [.. all.Where(id => !id.IsPair)], caller.Id));
        return [.. left.SelectMany(some => some)];
    }

    private async Task<IReadOnlyList<ConversationId>> WithoutChannelsAsync(string channel, IReadOnlyList<ConversationId> all, AccountId person)
    {
        if (all.Count == 0 || await sockets.IsConnectedAsync(channel, person) is false)
        {
            return all;
        }

        bool?[] areOn = new bool?[all.Count];
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = OpenSockets.AtATime };
        await Parallel.ForAsync(0, all.Count, bounded, async (index, _) => areOn[index] = await sockets.IsOnChannelAsync(all[index], person));
        return [.. all.Where((_, index) => areOn[index] is false)];
    }

    private async Task<bool> IsHeardAsync(ConversationId pair, CancellationToken cancellationToken) =>
        PairHearing.IsBetween(await log.ReadHeadAsync(pair.Partition, cancellationToken));

    private Task TellAsync(Caller person, bool isOnline, IReadOnlyList<ConversationId> where) =>
        where.Count > 0 ? publisher.PresenceAsync(person, isOnline, where) : Task.CompletedTask;
}
