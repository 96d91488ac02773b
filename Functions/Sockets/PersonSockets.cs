using ServerlessChat.Accounts;

namespace ServerlessChat.Sockets;

/// <summary>The open sockets of one person, on every hub.</summary>
public sealed class PersonSockets(SocketHubs hubs)
{
    /// <summary>Closes them all. One call a hub; none when no Web PubSub is configured.</summary>
    /// <param name="reason">Clients of a subprotocol are told.</param>
    /// <returns>Whether none is left of those that Web PubSub knew.</returns>
    public async Task<bool> CloseAsync(AccountId person, string reason)
    {
        bool[] closed = hubs.IsConfigured ? await Task.WhenAll(Channel.All.Select(name => CloseAsync(name, person, reason))) : [];
        return closed.All(isClosed => isClosed);
    }

    private Task<bool> CloseAsync(string hub, AccountId person, string reason) => hubs.TryAsync(
        "closing a person's sockets", call => hubs.Of(hub).CloseUserConnectionsAsync(person.Value, reason, call));
}
