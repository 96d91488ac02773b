using Emulator.Clients.WebSockets;
using Emulator.Hubs;
using Emulator.Live;
using Emulator.Tokens;
using Emulator.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace Emulator.Clients;

/// <summary>Opens sockets for new and for recovering connections and lets them run.</summary>
internal sealed class ClientSessions(
    UpstreamDispatcher upstream,
    ReconnectionTokens reconnectionTokens,
    ActivityLog activities,
    WebPubSubEmulatorOptions options,
    ILogger<ClientSession> logger)
{
    // A recovery sends all that a session keeps at once: the queue must hold it.
    private readonly WebSocketTransport.Limits _limits = new(
        Math.Max(options.MaxQueuedMessages, options.MaxUnacknowledgedMessages), options.MaxQueuedBytes, options.CloseTimeout);

    /// <summary>Runs a new connection's first socket to its end.</summary>
    public async Task StartAsync(HttpContext context, Connection connection, IEnumerable<string> groups)
    {
        using var transport = CreateTransport(context);
        if (connection.Protocol != ClientProtocol.Simple)
        {
            // The very first frame, before anybody can send to the connection.
            var token = connection.Protocol == ClientProtocol.ReliableJson ? reconnectionTokens.Create(connection.Id) : null;
            transport.TrySend(new(JsonWriter.Connected(connection, token)));
        }

        try
        {
            // Before the client knows that it is connected: what is sent from that moment on must reach it.
            connection.Attach(transport);
            connection.Hub.Add(connection, groups);
            activities.Add("client", connection.Hub.Name, connection.Id, $"connected, user {connection.UserId ?? "(anonymous)"}");
            using var reader = await AcceptAsync(context, transport, connection.Subprotocol);
            upstream.RaiseConnected(connection);
            await RunAsync(context, connection, transport, reader);
        }
        finally
        {
            // Only a handshake that failed leaves the connection to be ended here.
            connection.Detach(transport);
        }
    }

    /// <summary>
    /// Gives a dropped connection a new socket. A refusal is a WebSocket closed with 1008, never an HTTP error: clients take that for a passing
    /// failure and try again.
    /// </summary>
    public async Task RecoverAsync(HttpContext context, Hub hub, string connectionId, string? token)
    {
        var subprotocol = Array.Find(WebSocketUpgrade.OfferedSubprotocols(context.Request), Subprotocols.IsSupported);
        using var transport = CreateTransport(context);
        using var reader = await AcceptAsync(context, transport, subprotocol);
        var connection = hub.FindConnection(connectionId);
        var mayRecover = connection is { Protocol: ClientProtocol.ReliableJson }
            && Subprotocols.ProtocolOf(subprotocol) == ClientProtocol.ReliableJson
            && await reconnectionTokens.IsValidAsync(token, connectionId);
        if (!mayRecover || !connection!.Attach(transport))
        {
            await ClientSession.CloseAsync(transport, reader, CloseCodes.PolicyViolation, "The connection cannot be recovered.");
            return;
        }

        activities.Add("client", hub.Name, connectionId, "recovered");
        try
        {
            await RunAsync(context, connection, transport, reader);
        }
        finally
        {
            // Whatever ended the socket, the connection must not go on with it.
            connection.Detach(transport);
        }
    }

    private Task RunAsync(HttpContext context, Connection connection, WebSocketTransport transport, FrameReader reader)
    {
        IClientProtocol protocol = connection.Protocol == ClientProtocol.Simple
            ? new SimpleClient(connection, SimpleClientMode.Parse(context.Request.Query) ?? new(null, false), upstream, activities)
            : new PubSubClient(connection, upstream, activities, options);
        return new ClientSession(connection, transport, reader, protocol, options, logger).RunAsync();
    }

    private WebSocketTransport CreateTransport(HttpContext context) =>
        new(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort, _limits, options.TimeProvider);

    private async Task<FrameReader> AcceptAsync(HttpContext context, WebSocketTransport transport, string? subprotocol)
    {
        var stream = await WebSocketUpgrade.AcceptAsync(context, subprotocol);
        transport.Start(stream);
        return new(stream, options.MaxMessageBytes);
    }
}
