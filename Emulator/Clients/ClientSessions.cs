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
    private readonly WebSocketTransport.Limits _limits = new(options.MaxQueuedMessages, options.MaxQueuedBytes, options.CloseTimeout);

    /// <summary>Runs a new connection's first socket to its end.</summary>
    public async Task StartAsync(HttpContext context, Connection connection, IEnumerable<string> groups)
    {
        using var socket = await OpenAsync(context, connection.Subprotocol);
        if (connection.Protocol != ClientProtocol.Simple)
        {
            // The very first frame, before anybody can send to the connection.
            var token = connection.Protocol == ClientProtocol.ReliableJson ? reconnectionTokens.Create(connection.Id) : null;
            socket.Transport.TrySend(new(JsonWriter.Connected(connection, token)));
        }

        connection.Attach(socket.Transport);
        connection.Hub.Add(connection, groups);
        activities.Add("client", connection.Hub.Name, connection.Id, $"connected, user {connection.UserId ?? "(anonymous)"}");
        upstream.RaiseConnected(connection);
        await RunAsync(context, connection, socket);
    }

    /// <summary>
    /// Gives a dropped connection a new socket. A refusal is a WebSocket closed with 1008, never an HTTP error: clients take that for a passing
    /// failure and try again.
    /// </summary>
    public async Task RecoverAsync(HttpContext context, Hub hub, string connectionId, string? token)
    {
        var subprotocol = Array.Find(WebSocketUpgrade.OfferedSubprotocols(context.Request), Subprotocols.IsSupported);
        using var socket = await OpenAsync(context, subprotocol);
        var connection = hub.FindConnection(connectionId);
        var mayRecover = connection is { Protocol: ClientProtocol.ReliableJson }
            && Subprotocols.ProtocolOf(subprotocol) == ClientProtocol.ReliableJson
            && await reconnectionTokens.IsValidAsync(token, connectionId);
        if (!mayRecover || !connection!.Attach(socket.Transport))
        {
            await ClientSession.CloseAsync(socket.Transport, socket.Reader, CloseCodes.PolicyViolation, "The connection cannot be recovered.");
            return;
        }

        activities.Add("client", hub.Name, connectionId, "recovered");
        await RunAsync(context, connection, socket);
    }

    private Task RunAsync(HttpContext context, Connection connection, Socket socket)
    {
        IClientProtocol protocol = connection.Protocol == ClientProtocol.Simple
            ? new SimpleClient(connection, SimpleClientMode.Parse(context.Request.Query) ?? new(null, false), upstream, activities)
            : new PubSubClient(connection, upstream, activities, options);
        return new ClientSession(connection, socket.Transport, socket.Reader, protocol, options, logger).RunAsync();
    }

    private async Task<Socket> OpenAsync(HttpContext context, string? subprotocol)
    {
        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var stream = await WebSocketUpgrade.AcceptAsync(context, subprotocol);
        return new(new(stream, lifetime.Abort, _limits, options.TimeProvider), new(stream, options.MaxMessageBytes));
    }

    private sealed record Socket(WebSocketTransport Transport, FrameReader Reader) : IDisposable
    {
        public void Dispose()
        {
            Transport.Dispose();
            Reader.Dispose();
        }
    }
}
