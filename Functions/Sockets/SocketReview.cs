using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Sockets;

/// <summary>
/// Looks again, once a socket is open, at what it was let in by: who was removed, or joined a group, between the answer to <c>connect</c> and the moment
/// that the service knew the connection was not found by the call that should have moved it. One read when nothing has changed.
/// </summary>
internal sealed class SocketReview(GroupStore groups, SocketInbox inbox, SocketHubs hubs)
{
    public const string ConnectAgain = "The groups changed meanwhile; connect again.";

    /// <summary>Closes the connection when it is not right any more; a client then connects anew.</summary>
    public Task ReviewAsync(WebPubSubConnectionContext context, CancellationToken cancellationToken) =>
        SocketState.Decode(context.State) is { } state && state.CallerOf(context.UserId) is { } caller
            ? context.Hub switch
            {
                Channel.Group => ReviewGroupAsync(context, state, caller, cancellationToken),
                Channel.Notifications => ReviewNotificationsAsync(context, state, caller, cancellationToken),
                _ => Task.CompletedTask,
            }
            : Task.CompletedTask;

    private async Task ReviewGroupAsync(WebPubSubConnectionContext context, SocketState state, Caller caller, CancellationToken cancellationToken)
    {
        Group? group = state.Conversation is { } id ? await groups.ReadAsync(id, cancellationToken) : null;
        bool isRight = group is not null
            && (group.Head.Version == state.Version || await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is not null);
        if (!isRight)
        {
            await hubs.TryAsync(
                "closing a socket to a group",
                call => hubs.Group.CloseConnectionAsync(context.ConnectionId, group is null ? LiveGroups.DeletedReason : LiveGroups.RemovedReason, call));
        }
    }

    private async Task ReviewNotificationsAsync(WebPubSubConnectionContext context, SocketState state, Caller caller, CancellationToken cancellationToken)
    {
        SocketConversations? now = await inbox.ReadAsync(caller, cancellationToken);
        if (now is null || !string.Equals(now.Hash, state.Inbox, StringComparison.Ordinal))
        {
            await hubs.TryAsync(
                "closing a notifications socket",
                call => hubs.Notifications.CloseConnectionAsync(context.ConnectionId, ConnectAgain, call));
        }
    }
}
