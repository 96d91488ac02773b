using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Sockets;

/// <summary>
/// Looks again, once a socket is open, at what it was let in by: who was removed, or joined a group, between the answer to <c>connect</c> and the moment
/// that the service knew the connection was not found by the call that should have moved it; also whose account was erased meanwhile. One read when nothing has changed.
/// </summary>
internal sealed class SocketReview(GroupStore groups, SocketInbox inbox, AccountStore accounts, SocketHubs hubs)
{
    public const string ConnectAgain = "The groups changed meanwhile; connect again.";

    /// <summary>Closes the connection when it is not right any more; a client then connects anew.</summary>
    /// <returns>What was found; null when it is not right, or none that we let in.</returns>
    public async Task<ReviewedSocket?> ReviewAsync(WebPubSubConnectionContext context, CancellationToken cancellationToken) =>
        SocketState.Decode(context.State) is { } state && state.CallerOf(context.UserId) is { } caller
            ? context.Hub switch
            {
                Channel.Group => await ReviewGroupAsync(context, state, caller, cancellationToken),
                Channel.Notifications => await ReviewNotificationsAsync(context, state, caller, cancellationToken),
                Channel.Private => await ReviewPrivateAsync(context, state, caller, cancellationToken),
                _ => null,
            }
            : null;

    private async Task<ReviewedSocket?> ReviewGroupAsync(WebPubSubConnectionContext context, SocketState state, Caller caller, CancellationToken cancellationToken)
    {
        Group? group = state.Conversation is { } id ? await groups.ReadAsync(id, cancellationToken) : null;
        bool isRight = group is not null
            && (group.Head.Version == state.Version || await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is not null);
        if (isRight)
        {
            return new ReviewedSocket(caller, state) { Group = group };
        }

        await hubs.TryAsync(
            "closing a socket to a group",
            call => hubs.Group.CloseConnectionAsync(context.ConnectionId, group is null ? LiveGroups.DeletedReason : LiveGroups.RemovedReason, call));
        return null;
    }

    private async Task<ReviewedSocket?> ReviewPrivateAsync(WebPubSubConnectionContext context, SocketState state, Caller caller, CancellationToken cancellationToken)
    {
        if ((await accounts.FindAsync(caller.Username, cancellationToken))?.Id == caller.Id)
        {
            return new ReviewedSocket(caller, state);
        }

        await hubs.TryAsync("closing a socket of an erased account", call => hubs.Private.CloseConnectionAsync(context.ConnectionId, ConnectAgain, call));
        return null;
    }

    private async Task<ReviewedSocket?> ReviewNotificationsAsync(WebPubSubConnectionContext context, SocketState state, Caller caller, CancellationToken cancellationToken)
    {
        SocketConversations? now = await inbox.ReadAsync(caller, cancellationToken);
        if (now is not null && string.Equals(now.Hash, state.Inbox, StringComparison.Ordinal))
        {
            return new ReviewedSocket(caller, state) { Conversations = now };
        }

        await hubs.TryAsync(
            "closing a notifications socket",
            call => hubs.Notifications.CloseConnectionAsync(context.ConnectionId, ConnectAgain, call));
        return null;
    }
}

/// <summary>A socket that is open, and rightly so.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="State">What it was let in by.</param>
internal sealed record ReviewedSocket(Caller Caller, SocketState State)
{
    /// <summary>As it stands; null on another channel than a group's.</summary>
    public Group? Group { get; init; }

    /// <summary>What it hears; null on another channel than <see cref="Channel.Notifications"/>.</summary>
    public SocketConversations? Conversations { get; init; }
}
