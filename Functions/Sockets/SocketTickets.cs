using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Tokens;

namespace ServerlessChat.Sockets;

/// <summary>A negotiated right to ask for one socket: who, on which channel.</summary>
/// <param name="Hub">One of <see cref="Channel"/>.</param>
/// <param name="Name">The slug or username of the address.</param>
public sealed record SocketTicket(Caller Caller, string Hub, string Name);

/// <summary>
/// Tickets travel in a negotiated URL beside Web PubSub's own token, which can hold no username and, when the service makes it, nothing of ours. They are signed
/// with the keys of the access tokens, for an audience of their own: neither is good for the other.
/// </summary>
internal sealed class SocketTickets(TokenSigner signer, IOptions<TokenOptions> options)
{
    /// <summary>How long a negotiated URL can be used to connect.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string HubClaim = "hub";
    private const string NameClaim = "channel";

    private readonly TokenValidationParameters _rules = signer.RulesFor(Audience(options.Value));

    public string Create(SocketTicket ticket) =>
        signer.Create(ticket.Caller, Audience(options.Value), Lifetime, (HubClaim, ticket.Hub), (NameClaim, ticket.Name));

    /// <summary>Null when it is none of ours, was changed, or has expired.</summary>
    public async ValueTask<SocketTicket?> ReadAsync(string text) =>
        await signer.ReadAsync(text, _rules) is ({ } token, { } caller)
        && token.TryGetPayloadValue(HubClaim, out string? hub) && hub is not null
        && token.TryGetPayloadValue(NameClaim, out string? name) && name is not null
            ? new SocketTicket(caller, hub, name)
            : null;

    private static string Audience(TokenOptions options) => options.Audience + "/socket";
}
