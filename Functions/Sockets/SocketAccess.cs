using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.PrivateChats;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Sockets;

/// <summary>Who may have a socket on which channel, and what the socket is then connected to.</summary>
internal sealed class SocketAccess(GroupStore groups, Membership membership, PrivateMessages privateMessages, SocketInbox inbox, AccountStore accounts)
{
    /// <summary>Whether the socket may be asked for. Two reads at most. Null: it may.</summary>
    public async Task<ApiProblem?> CheckAsync(SocketTicket ticket, CancellationToken cancellationToken) => ticket.Hub switch
    {
        Channel.Group => await groups.ReadAccessAsync(ticket.Caller, ticket.Name, cancellationToken) is null ? ApiProblem.Of(Errors.NotFound) : null,
        Channel.Private => await privateMessages.FindCorrespondentAsync(ticket.Name, cancellationToken) is null ? ApiProblem.Of(Errors.NotFound) : null,
        Channel.Notifications => IsOwn(ticket) ? null : ApiProblem.Of(Errors.Forbidden),
        _ => ApiProblem.Of(Errors.NotFound),
    };

    /// <summary>Lets the socket in, or says why not.</summary>
    public Task<Outcome<ConnectEventResponse>> OpenAsync(SocketTicket ticket, CancellationToken cancellationToken) => ticket.Hub switch
    {
        Channel.Group => OpenGroupAsync(ticket, cancellationToken),
        Channel.Private => OpenPrivateAsync(ticket, cancellationToken),
        Channel.Notifications => OpenNotificationsAsync(ticket, cancellationToken),
        _ => Task.FromResult<Outcome<ConnectEventResponse>>(ApiProblem.Of(Errors.NotFound)),
    };

    /// <summary>The first socket to a public group makes a member, as the first post does. A join raises no version, so the state holds for what was read before it.</summary>
    private async Task<Outcome<ConnectEventResponse>> OpenGroupAsync(SocketTicket ticket, CancellationToken cancellationToken)
    {
        Caller caller = ticket.Caller;
        if (await groups.ReadAccessAsync(caller, ticket.Name, cancellationToken) is not { } access)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        if (access.Member is null && await membership.JoinAsync(caller, ticket.Name, cancellationToken) is { } problem)
        {
            return problem;
        }

        Group group = access.Group;
        SocketState state = SocketState.Of(caller).In(group.Head.Id) with { Version = group.Head.Version };
        return new ConnectEventResponse(caller.Id.Value, [SocketGroups.Of(group.Id), SocketGroups.OfMember(group.Id, caller.Id)], state.Encode());
    }

    /// <summary>Nothing that is read for the chat says whether the caller's own account still stands, so that is read too.</summary>
    private async Task<Outcome<ConnectEventResponse>> OpenPrivateAsync(SocketTicket ticket, CancellationToken cancellationToken)
    {
        Caller caller = ticket.Caller;
        Task<AccountProfile?> own = accounts.FindAsync(caller.Username, cancellationToken);
        Task<Correspondent?> finding = privateMessages.FindCorrespondentAsync(ticket.Name, cancellationToken);
        await Task.WhenAll(own, finding);
        if ((await own)?.Id != caller.Id)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        if (await finding is not { } other)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        var pair = ConversationId.Of(caller.Id, other.Id);
        SocketState state = SocketState.Of(caller).In(pair) with { OtherId = other.Id.Value, Other = other.Username.Text };
        return new ConnectEventResponse(caller.Id.Value, [SocketGroups.Of(pair)], state.Encode());
    }

    private async Task<Outcome<ConnectEventResponse>> OpenNotificationsAsync(SocketTicket ticket, CancellationToken cancellationToken)
    {
        Caller caller = ticket.Caller;
        if (!IsOwn(ticket))
        {
            return ApiProblem.Of(Errors.Forbidden);
        }

        if (await inbox.ReadAsync(caller, cancellationToken) is not { } conversations)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        SocketState state = SocketState.Of(caller) with { Inbox = conversations.Hash };
        return new ConnectEventResponse(caller.Id.Value, [.. conversations.Names, SocketGroups.OfPerson(caller.Id)], state.Encode());
    }

    private static bool IsOwn(SocketTicket ticket) => Username.Parse(ticket.Name) is { } name && name == ticket.Caller.Username;
}
