using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Signals;

/// <summary>Who has a socket open: asked of Web PubSub, which alone knows. Where it does not answer, nobody knows, and the answer is null.</summary>
internal sealed class OpenSockets(SocketHubs hubs)
{
    /// <summary>Questions of one event at a time.</summary>
    public const int AtATime = 8;

    /// <summary>Connections of a group that are looked at: far more than those of two people, or of a small group, who mean well.</summary>
    private const int MaxListed = 1000;

    /// <summary>Whether somebody is connected to a hub. One call.</summary>
    /// <param name="channel">One of <see cref="Channel"/>.</param>
    public Task<bool?> IsConnectedAsync(string channel, AccountId person) =>
        AskAsync("whether somebody is connected", call => hubs.Of(channel).UserExistsAsync(person.Value, call));

    /// <summary>Whether somebody is on a conversation's own channel. One call.</summary>
    public async Task<bool?> IsOnChannelAsync(ConversationId id, AccountId person) => id.IsPair
        ? (await OnChannelAsync(id))?.Contains(person)
        : await AskAsync("whether a member is connected", call => hubs.Group.GroupExistsAsync(SocketGroups.OfMember(new GroupId(id.Log), person), call));

    /// <summary>Who is on a conversation's own channel. One call for 200 connections.</summary>
    public Task<IReadOnlySet<AccountId>?> OnChannelAsync(ConversationId id) => PeopleAsync(id.IsPair ? Channel.Private : Channel.Group, id);

    /// <summary>Who hears a conversation on <c>notifications</c>. One call for 200 connections.</summary>
    public Task<IReadOnlySet<AccountId>?> OnNotificationsAsync(ConversationId id) => PeopleAsync(Channel.Notifications, id);

    /// <summary>
    /// Whether a connection still stands and is the only one of its person in a group of Web PubSub: one of their own, or a pair's. One call for 200 connections; one more when the group shows none of the person: it has
    /// gone again, or is too new to be shown.
    /// </summary>
    public async Task<bool?> IsOnlyAsync(string channel, string group, AccountId person, string connectionId)
    {
        bool isOwn = !string.Equals(channel, Channel.Private, StringComparison.Ordinal);
        if (await ListAsync(channel, group, isOwn ? 2 : MaxListed) is not { } members)
        {
            return null;
        }

        string[] own = [.. members.Where(member => string.Equals(member.UserId, person.Value, StringComparison.Ordinal)).Select(member => member.ConnectionId)];
        return own is [] ? await IsConnectedAsync(channel, person) : own is [var only] && string.Equals(only, connectionId, StringComparison.Ordinal);
    }

    private async Task<IReadOnlySet<AccountId>?> PeopleAsync(string channel, ConversationId id) =>
        (await ListAsync(channel, SocketGroups.Of(id), MaxListed))?.Where(member => member.UserId is not null).Select(member => new AccountId(member.UserId!)).ToHashSet();

    private async Task<IReadOnlyList<WebPubSubGroupMember>?> ListAsync(string channel, string group, int maxCount)
    {
        var members = new List<WebPubSubGroupMember>();
        return await TryAsync("listing a group's connections", ReadAsync) ? members : null;

        async Task<Response> ReadAsync(RequestContext call)
        {
            Response? answer = null;
            await foreach (Page<WebPubSubGroupMember> page in hubs.Of(channel).ListConnectionsInGroupAsync(group, maxCount: maxCount, cancellationToken: call.CancellationToken).AsPages())
            {
                members.AddRange(page.Values);
                answer = page.GetRawResponse();
            }

            return answer!;
        }
    }

    private async Task<bool?> AskAsync(string what, Func<RequestContext, Task<Response<bool>>> ask)
    {
        bool isSo = false;
        return await TryAsync(what, ReadAsync) ? isSo : null;

        async Task<Response> ReadAsync(RequestContext call)
        {
            Response<bool> answer = await ask(call);
            isSo = answer.Value;
            return answer.GetRawResponse();
        }
    }

    /// <summary>Without a Web PubSub nobody has a socket: nothing is asked, and the answer is that there is none.</summary>
    private Task<bool> TryAsync(string what, Func<RequestContext, Task<Response>> call) => hubs.IsConfigured ? hubs.TrySignalAsync(what, call) : Task.FromResult(true);
}
