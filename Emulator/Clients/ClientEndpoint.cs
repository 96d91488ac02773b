using System.Buffers.Text;
using System.Security.Cryptography;
using Emulator.Hubs;
using Emulator.Tokens;
using Emulator.Upstream;

namespace Emulator.Clients;

/// <summary>Where clients connect: <c>/client/hubs/{hub}</c> and the older <c>/client?hub={hub}</c>.</summary>
internal sealed class ClientEndpoint(
    HubRegistry hubs, ClientTokens tokens, UpstreamDispatcher upstream, ClientSessions sessions, WebPubSubEmulatorOptions options)
{
    private const int ConnectionIdBytes = 24;

    /// <param name="hubName">From the path, decoded; null: the older form.</param>
    public Task HandleAsync(HttpContext context, string? hubName)
    {
        hubName ??= context.Request.Query["hub"].ToString();
        if (!Names.IsHub(hubName))
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "Invalid hub name.");
        }

        if (!WebSocketUpgrade.IsRequested(context))
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "This address takes WebSocket requests.");
        }

        // Not made before somebody may connect: strangers could make any number.
        var hub = hubs.Peek(hubName);

        // A recovery repeats the first address: its access_token may be stale and does not count.
        var connectionId = context.Request.Query["awps_connection_id"].ToString();
        return connectionId.Length > 0
            ? sessions.RecoverAsync(context, hub, connectionId, context.Request.Query["awps_reconnection_token"])
            : ConnectAsync(context, hub);
    }

    private async Task ConnectAsync(HttpContext context, Hub hub)
    {
        if (await AuthenticateAsync(context, hub) is not { } identity)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The access token is missing or invalid.");
            return;
        }

        hub = hubs.Get(hub.Name);
        var offered = WebSocketUpgrade.OfferedSubprotocols(context.Request);
        if (Objection(context, identity, offered) is { } objection)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, objection);
            return;
        }

        var connectionId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ConnectionIdBytes));
        var outcome = await upstream.ConnectAsync(Describe(context, hub, connectionId, identity, offered), hub.Options, context.RequestAborted);
        if (outcome.RefusedWith is { } status)
        {
            await RefuseAsync(context, status, outcome.Refusal);
            return;
        }

        await AcceptAsync(context, hub, connectionId, identity, offered, outcome);
    }

    private async Task AcceptAsync(
        HttpContext context, Hub hub, string connectionId, ClientIdentity identity, string[] offered, ConnectOutcome outcome)
    {
        var reply = outcome.Reply;
        var picked = reply.Subprotocol is { Length: > 0 } name ? Array.Find(offered, offer => offer.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        if (reply.Subprotocol is { Length: > 0 } && picked is null)
        {
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, "The connect handler chose a subprotocol that was not offered.");
            return;
        }

        var subprotocol = picked ?? Array.Find(offered, Subprotocols.IsSupported);
        subprotocol ??= options.AcceptCustomSubprotocolWithoutHandler ? Array.Find(offered, offer => !Subprotocols.IsUnsupported(offer)) : null;
        if ((offered.Length > 0 && subprotocol is null) || (subprotocol is not null && Subprotocols.IsUnsupported(subprotocol)))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "None of the offered subprotocols is supported.");
            return;
        }

        if (reply.Groups?.Any(group => !Names.IsGroup(group)) == true)
        {
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, Names.GroupRule);
            return;
        }

        var userId = Names.IsUserId(reply.UserId) ? reply.UserId : identity.UserId;
        var connection = new Connection(hub, connectionId, userId, Subprotocols.ProtocolOf(subprotocol), subprotocol, options);
        connection.Permissions.AddRoles(identity.Roles.Concat(reply.Roles?.OfType<string>() ?? []));
        if (outcome.Answer is { } answer)
        {
            UpstreamDispatcher.Apply(answer, connection);
        }

        await sessions.StartAsync(context, connection, identity.Groups.Concat(reply.Groups ?? []));
    }

    /// <returns>Null: the client may not come in.</returns>
    private async Task<ClientIdentity?> AuthenticateAsync(HttpContext context, Hub hub)
    {
        var token = context.Request.Query["access_token"].ToString();
        if (token.Length == 0)
        {
            token = BearerToken.Read(context.Request) ?? "";
        }

        var identity = await tokens.ValidateAsync(token, hub.Name, context.Request.Host.Value ?? "");
        var anonymous = hub.Options.AllowsAnonymous && (token.Length == 0 || options.InvalidTokenIsAnonymous);
        return identity ?? (anonymous ? ClientIdentity.Anonymous : null);
    }

    /// <returns>What is wrong with the request beside its token; null: nothing.</returns>
    private static string? Objection(HttpContext context, ClientIdentity identity, string[] offered)
    {
        if (identity.Groups.Any(group => !Names.IsGroup(group)))
        {
            return Names.GroupRule;
        }

        if (offered.Length > 0 && offered.All(Subprotocols.IsUnsupported))
        {
            return $"This emulator does not support {offered[0]}.";
        }

        var isSimple = !offered.Any(Subprotocols.IsSupported);
        return isSimple && SimpleClientMode.Parse(context.Request.Query) is null ? "Invalid webpubsub_mode or group." : null;
    }

    private ConnectEvent Describe(HttpContext context, Hub hub, string connectionId, ClientIdentity identity, string[] offered)
    {
        var query = context.Request.Query
            .Where(parameter => options.IncludeAccessTokenInConnectEvent || !parameter.Key.Equals("access_token", StringComparison.OrdinalIgnoreCase));
        var headers = context.Request.Headers.Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
        return new(hub.Name, connectionId, identity.UserId, identity.Claims, ToMap(query), ToMap(headers), offered);
    }

    private static Dictionary<string, string[]> ToMap(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> pairs) =>
        pairs.ToDictionary(pair => pair.Key, pair => pair.Value.Select(value => value ?? "").ToArray(), StringComparer.Ordinal);

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, UpstreamAnswer? refusal)
    {
        if (refusal is null)
        {
            return RefuseAsync(context, status, "The connect handler failed.");
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = refusal.MediaType;
        return context.Response.Body.WriteAsync(refusal.Body, context.RequestAborted).AsTask();
    }
}
