using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Hosting;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Sockets;

/// <summary>Who asks for a socket, and for which: by a negotiated ticket, else by the access token of a direct connection.</summary>
internal sealed class SocketIdentity(SocketTickets tickets, AccessTokens tokens, IOptions<WebPubSubOptions> options)
{
    /// <summary>Query parameter of a negotiated URL.</summary>
    public const string TicketParameter = "ticket";

    /// <summary>Query parameter in which the gateway names the slug or username of a direct address.</summary>
    public const string ChannelParameter = "channel";

    /// <summary>Query parameter of a direct connection that can set no header: the access token.</summary>
    private const string TokenParameter = "token";

    /// <summary>Where the gateway puts <c>Authorization</c>: under its own name Web PubSub would take it for a token of its own.</summary>
    private const string GatewayAuthorization = "X-Original-Authorization";

    private const string Bearer = "Bearer ";

    private readonly string[] _origins = options.Value.SocketOriginNames();

    /// <returns>401 for anyone without a good ticket or token; 403 for a page of another origin that lets the browser show its cookie; 404 when no channel is named.</returns>
    public async Task<Outcome<SocketTicket>> IdentifyAsync(ConnectEventRequest connect)
    {
        if (connect.Query.ContainsKey(TicketParameter))
        {
            return await ByTicketAsync(connect);
        }

        string? token = TokenOf(connect, out bool isCookie);
        if (token is null || await tokens.ReadAsync(token) is not { } caller)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        if (isCookie && OriginOf(connect) is RequestOrigin.Other)
        {
            return ApiProblem.Of(Errors.CrossSite);
        }

        // What rewrites a path into a query leaves a plus as it is, and there it means a space, which no name has.
        return connect.QueryValue(ChannelParameter) is { } name
            ? new SocketTicket(caller, connect.ConnectionContext.Hub, name.Replace(' ', '+'))
            : ApiProblem.Of(Errors.NotFound);
    }

    /// <summary>The ticket of this hub, and of the person whom Web PubSub's own token beside it names: alone, it opens nothing.</summary>
    private async Task<Outcome<SocketTicket>> ByTicketAsync(ConnectEventRequest connect)
    {
        WebPubSubConnectionContext context = connect.ConnectionContext;
        return connect.QueryValue(TicketParameter) is { } text
            && await tickets.ReadAsync(text) is { } ticket
            && string.Equals(ticket.Hub, context.Hub, StringComparison.Ordinal)
            && string.Equals(context.UserId, ticket.Caller.Id.Value, StringComparison.Ordinal)
                ? ticket
                : ApiProblem.Of(Errors.NotSignedIn);
    }

    /// <summary>As for HTTP: what is shown on purpose goes before the cookie, and is not made up for by it.</summary>
    private static string? TokenOf(ConnectEventRequest connect, out bool isCookie)
    {
        isCookie = false;
        if (connect.Query.ContainsKey(TokenParameter))
        {
            return connect.QueryValue(TokenParameter);
        }

        if ((connect.Header(GatewayAuthorization) ?? connect.Header(HeaderNames.Authorization)) is { } authorization)
        {
            return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        }

        isCookie = true;
        return CookieHeaderValue.TryParseList([.. connect.Headers.GetValueOrDefault(HeaderNames.Cookie, [])], out IList<CookieHeaderValue>? cookies)
            ? cookies.FirstOrDefault(cookie => cookie.Name.Equals(SessionCookies.Session, StringComparison.Ordinal))?.Value.Value
            : null;
    }

    /// <summary>
    /// Browsers let any page open a socket anywhere, cookies included, and always name the page's origin. What names none is a program, which has its cookie because it signed in.
    /// </summary>
    private RequestOrigin OriginOf(ConnectEventRequest connect)
    {
        string scheme = connect.Header("X-Forwarded-Proto") ?? "https";
        string? host = connect.Header("X-Forwarded-Host") ?? connect.Header(HeaderNames.Host);
        return RequestOrigins.OriginOf(site: null, connect.Header(HeaderNames.Origin), [$"{scheme}://{host}", .. _origins]);
    }
}
