using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;
using ServerlessChat.Sockets;

namespace ServerlessChat.Signals;

/// <summary>Who is online: has a socket open on <c>notifications</c>, or on the conversation's own channel.</summary>
/// <remarks>Nothing of it is stored. Web PubSub knows which sockets are open and forgets those that are lost, so nobody stays online for ever; what it said is kept for <see cref="Lifetime"/>.</remarks>
internal sealed class Presence(GroupStore groups, PrivateMessages privateMessages, ConversationLog log, OpenSockets sockets, TimeProvider time)
{
    /// <summary>How old an answer of Web PubSub may be, in each instance.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly RecentAnswers<IReadOnlySet<AccountId>> _recent = new(Lifetime, time);

    /// <summary>Whether the other of a private chat is online; not, while one blocks the other. Two reads, and two calls at most.</summary>
    /// <returns>404 for somebody with whom the caller has no conversation; 503 when Web PubSub does not answer.</returns>
    public async Task<Outcome<PresenceResponse>> OfPersonAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (await privateMessages.FindCorrespondentAsync(target, cancellationToken) is not { } other)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        var pair = ConversationId.Of(caller.Id, other.Id);
        ConversationHead? head = other.Id == caller.Id ? null : await log.ReadHeadAsync(pair.Partition, cancellationToken);
        if (other.Id != caller.Id && head is not { LastId: > 0 })
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        if (head?.Erased.Has(caller.Id) == true)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        if (head is { IsBlocked: true })
        {
            return new PresenceResponse(other.Username.Text, Online: false);
        }

        return await IsOnlineAsync(pair, other.Id) is { } isOnline ? new PresenceResponse(other.Username.Text, isOnline) : Unknown();
    }

    /// <summary>Who of a small group is online. Two reads (one for the owner) and one query, and two calls.</summary>
    /// <returns>404 for who does not see the group; 403 for who sees it and is no member; 503 when Web PubSub does not answer.</returns>
    public async Task<Outcome<GroupPresenceResponse>> OfGroupAsync(Caller caller, string slug, CancellationToken cancellationToken)
    {
        if (await groups.ReadAccessAsync(caller, slug, cancellationToken) is not { } access)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        if (access.Member is null)
        {
            return ApiProblem.Of(Errors.Forbidden);
        }

        if (!access.Group.IsSmall)
        {
            return new GroupPresenceResponse([]);
        }

        ConversationId id = access.Group.Head.Id;
        Task<IReadOnlyList<Member>> members = groups.ReadMembersAsync(access.Group, after: null, Group.SmallLimit, cancellationToken);
        IReadOnlySet<AccountId>?[] connected = await Task.WhenAll(
            _recent.GetAsync("notifications " + SocketGroups.Of(id), () => sockets.OnNotificationsAsync(id)),
            _recent.GetAsync("channel " + SocketGroups.Of(id), () => sockets.OnChannelAsync(id)));
        string[] online =
        [
            .. (await members).Where(member => connected.Any(some => some?.Contains(member.Id) == true)).Select(member => member.Username.Text).Order(StringComparer.Ordinal),
        ];
        return connected.Contains(null) ? Unknown() : new GroupPresenceResponse(online);
    }

    private async Task<bool?> IsOnlineAsync(ConversationId pair, AccountId person)
    {
        IReadOnlySet<AccountId>? connected = await _recent.GetAsync("person " + person, () => OnNotificationsAsync(person));
        return connected?.Contains(person) != false
            ? connected?.Contains(person)
            : (await _recent.GetAsync("channel " + SocketGroups.Of(pair), () => sockets.OnChannelAsync(pair)))?.Contains(person);
    }

    private async Task<IReadOnlySet<AccountId>?> OnNotificationsAsync(AccountId person) => await sockets.IsConnectedAsync(Channel.Notifications, person) switch
    {
        null => null,
        true => new HashSet<AccountId> { person },
        false => new HashSet<AccountId>(),
    };

    private static ApiProblem Unknown() => ApiProblem.Of(Errors.Unavailable, "Nobody knows just now who is online.", TimeSpan.FromSeconds(1));
}
