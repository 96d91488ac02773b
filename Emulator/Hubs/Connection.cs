using System.Collections.Immutable;
using Emulator.Clients;
using Emulator.Clients.WebSockets;

namespace Emulator.Hubs;

/// <summary>
/// A client as the service knows it, under one connection id. It outlives its socket where the protocol is reliable: then messages wait with their
/// sequence ids until a new socket takes over or the recovery window ends.
/// </summary>
/// <remarks>Safe for many threads.</remarks>
internal sealed class Connection(Hub hub, string id, string? userId, ClientProtocol protocol, string? subprotocol, WebPubSubEmulatorOptions options)
{
    private readonly Lock _lock = new();
    private readonly ReplayQueue? _replay = protocol == ClientProtocol.ReliableJson
        ? new(options.MaxUnacknowledgedMessages, options.MaxQueuedBytes)
        : null;

    private volatile WebSocketTransport? _transport;
    private ITimer? _recoveryTimer;
    private bool _ended;
    private AckCache? _acks;
    private int _lastEventId;

    public Hub Hub { get; } = hub;

    public string Id { get; } = id;

    /// <summary>Null: anonymous.</summary>
    public string? UserId { get; } = userId;

    public ClientProtocol Protocol { get; } = protocol;

    /// <summary>As negotiated; null: none.</summary>
    public string? Subprotocol { get; } = subprotocol;

    public Permissions Permissions { get; } = new();

    /// <summary>Changed under the hub's lock alone, read by anybody.</summary>
    public ImmutableHashSet<string> Groups { get; set; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What an event handler's <c>ce-connectionState</c> last set; null: nothing.</summary>
    public string? State { get; set; }

    /// <summary>Cookies of this connection's event handlers, for sticky upstreams; null: none.</summary>
    public Dictionary<string, string>? Cookies { get; set; }

    /// <summary>The request in work. Requests of a connection are worked off one at a time, also over a recovery.</summary>
    public Task PendingWork { get; set; } = Task.CompletedTask;

    /// <summary>Only for the request in work.</summary>
    public AckCache Acks => _acks ??= new();

    public bool IsOnline => _transport is not null;

    public WebSocketTransport? Transport => _transport;

    /// <summary>The <c>ce-id</c> of the next event: <c>connect</c> is 0, the first after it 1.</summary>
    public int NextEventId() => Interlocked.Increment(ref _lastEventId);

    /// <summary>Lets a socket take over, replaces an older one, and sends again what was not acknowledged.</summary>
    /// <returns>False when the connection has ended.</returns>
    public bool Attach(WebSocketTransport transport)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return false;
            }

            _recoveryTimer?.Dispose();
            _recoveryTimer = null;

            // The old socket's end may be noticed on this very thread: by then it is the old one.
            var replaced = _transport;
            _transport = transport;
            replaced?.Abort();
            Replay(transport);
            return true;
        }
    }

    /// <summary>A socket broke off. A reliable connection waits for the next one, any other ends.</summary>
    public void Detach(WebSocketTransport transport)
    {
        lock (_lock)
        {
            if (_transport != transport || _ended)
            {
                return;
            }

            if (_replay is not null)
            {
                _transport = null;
                _recoveryTimer = options.TimeProvider.CreateTimer(
                    static self => ((Connection)self!).End("The client did not come back within the recovery window.", onlyIfOffline: true),
                    this,
                    options.RecoveryWindow,
                    Timeout.InfiniteTimeSpan);
                return;
            }
        }

        End("The connection was dropped.");
    }

    /// <summary>Delivers a message, now or after a recovery; a client that is too slow is closed instead.</summary>
    public void Deliver(OutboundMessage message)
    {
        var kept = Protocol switch
        {
            ClientProtocol.Simple => TrySend(message.SimpleFrame),
            ClientProtocol.Json => TrySend(message.JsonFrame),
            _ => TryDeliverReliably(message),
        };
        if (!kept)
        {
            Close((ushort)options.SlowClientCloseCode, "The client reads too slowly.");
        }
    }

    /// <summary>Sends a frame that is no message: lost if the client is offline.</summary>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        if (!TrySend(new(frame)))
        {
            Close((ushort)options.SlowClientCloseCode, "The client reads too slowly.");
        }
    }

    public void Acknowledge(ulong sequenceId)
    {
        lock (_lock)
        {
            _replay?.Acknowledge(sequenceId);
        }
    }

    /// <summary>Closes as a REST call does: PubSub clients are told the reason first.</summary>
    public void CloseByServer(string? reason, ushort code = CloseCodes.Normal)
    {
        if (Protocol != ClientProtocol.Simple)
        {
            TrySend(new(JsonWriter.Disconnected(reason)));
        }

        Close(code, "", reason ?? "The server closed the connection.");
    }

    /// <summary>Closes the socket, if there is one, and ends the connection.</summary>
    public void Close(ushort code, string reason) => Close(code, reason, reason);

    /// <summary>Ends the connection: it leaves its groups and is told to the event handlers, once.</summary>
    public void End(string reason) => End(reason, onlyIfOffline: false);

    private void End(string reason, bool onlyIfOffline)
    {
        lock (_lock)
        {
            // A socket may have taken over just as the recovery window ended.
            if (_ended || (onlyIfOffline && IsOnline))
            {
                return;
            }

            _ended = true;
            _recoveryTimer?.Dispose();
        }

        Hub.Remove(this, reason);
    }

    private void Close(ushort code, string description, string reason)
    {
        _transport?.Close(code, description);
        End(reason);

        // A socket that took over just before the end; after it none can.
        _transport?.Close(code, description);
    }

    private bool TrySend(in OutboundFrame frame) => _transport?.TrySend(frame) ?? true;

    private bool TryDeliverReliably(OutboundMessage message)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return true;
            }

            var sequenceId = _replay!.Add(message);
            return sequenceId != 0 && TrySend(message.ReliableJsonFrame(sequenceId));
        }
    }

    private void Replay(WebSocketTransport transport)
    {
        var now = options.TimeProvider.GetTimestamp();
        foreach (var (sequenceId, message) in _replay?.Unacknowledged ?? [])
        {
            if (message.ExpiresAt == 0 || now < message.ExpiresAt)
            {
                transport.TrySend(message.ReliableJsonFrame(sequenceId));
            }
        }
    }
}
