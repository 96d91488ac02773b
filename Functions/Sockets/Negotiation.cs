using ServerlessChat.Hosting;

namespace ServerlessChat.Sockets;

/// <summary>A way to a socket.</summary>
/// <param name="Url">To open a WebSocket with, once or more until <paramref name="ExpiresAt"/>. It holds tokens: never log it.</param>
/// <param name="ExpiresAt">An open socket stays open.</param>
public sealed record NegotiationResponse(string Url, DateTimeOffset ExpiresAt);

/// <summary>Gives somebody who may have a socket the address of one.</summary>
internal sealed class Negotiation(SocketAccess access, SocketTickets tickets, SocketHubs hubs, TimeProvider time)
{
    private static readonly TimeSpan WhenUnconfigured = TimeSpan.FromMinutes(1);

    /// <summary>Two reads at most; with an identity in place of an access key, one call to Web PubSub more.</summary>
    public async Task<Outcome<NegotiationResponse>> NegotiateAsync(SocketTicket ticket, CancellationToken cancellationToken)
    {
        if (!hubs.IsConfigured)
        {
            return ApiProblem.Of(Errors.Unavailable, "This installation has no Web PubSub: there are no sockets.", WhenUnconfigured);
        }

        if (await access.CheckAsync(ticket, cancellationToken) is { } problem)
        {
            return problem;
        }

        DateTimeOffset expiresAt = time.GetUtcNow() + SocketTickets.Lifetime;
        Uri address = await hubs.Of(ticket.Hub).GetClientAccessUriAsync(SocketTickets.Lifetime, ticket.Caller.Id.Value, cancellationToken);
        return new NegotiationResponse($"{address.AbsoluteUri}&{SocketIdentity.TicketParameter}={tickets.Create(ticket)}", expiresAt);
    }
}
