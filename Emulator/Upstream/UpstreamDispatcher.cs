using System.Buffers;
using System.Text.Json;
using Emulator.Hubs;

namespace Emulator.Upstream;

/// <summary>Whether a client may come in.</summary>
/// <param name="RefusedWith">Null: it may. Otherwise the HTTP status of the refusal.</param>
/// <param name="Refusal">Body of the refusal, with its media type; null: none.</param>
internal sealed record ConnectOutcome(int? RefusedWith, ConnectReply Reply, UpstreamAnswer? Answer, UpstreamAnswer? Refusal = null);

/// <summary>What became of a user event.</summary>
/// <param name="Failure">Null: it was handled.</param>
/// <param name="Reply">For the client that raised it; null: nothing.</param>
internal sealed record UserEventOutcome(string? Failure, Payload? Reply);

/// <summary>Brings events to their handlers and carries out what the answers ask for.</summary>
internal sealed partial class UpstreamDispatcher(EventSender sender, ILogger<UpstreamDispatcher> logger)
{
    private static readonly byte[] EmptyBody = "{}"u8.ToArray();

    /// <summary>Blocking: the client waits in its handshake.</summary>
    public async Task<ConnectOutcome> ConnectAsync(ConnectEvent connect, HubOptions hub, CancellationToken cancellationToken)
    {
        if (EventHandlers.ForSystemEvent(hub, "connect") is not { } handler)
        {
            return new(null, new(), null);
        }

        var answer = await sender.SendAsync(handler, connect.ToMessage(), cancellationToken);
        return answer switch
        {
            { IsSuccess: true } when ConnectReply.Parse(answer.Body) is { } reply => new(null, reply, answer),
            { Status: >= 400 and <= 499 } => new(answer.Status, new(), null, answer),
            _ => new(StatusCodes.Status500InternalServerError, new(), null),
        };
    }

    /// <summary>Blocking: the caller works off one request of a connection at a time.</summary>
    public async Task<UserEventOutcome> RaiseUserEventAsync(
        Connection connection, string name, Payload payload, IReadOnlyDictionary<string, string>? metadata)
    {
        if (EventHandlers.ForUserEvent(connection.Hub.Options, name) is not { } handler)
        {
            return new($"No event handler is registered for the event '{name}'.", null);
        }

        // A client that is gone does not take its event back: other clients may depend on it.
        var message = EventMessage.ForUserEvent(connection, name, payload, metadata);
        var answer = await sender.SendAsync(handler, message, CancellationToken.None);
        if (answer is not { IsSuccess: true } || !answer.TryGetReply(out var reply))
        {
            return new("The event handler failed.", null);
        }

        Apply(answer, connection);
        return new(null, reply);
    }

    /// <summary>Keeps what a successful answer to a blocking event sets: state and cookies.</summary>
    public static void Apply(UpstreamAnswer answer, Connection connection)
    {
        connection.State = answer.State ?? connection.State;
        if (answer.Cookies.Count > 0)
        {
            // Made anew: an event that is under way reads the old one.
            var cookies = new Dictionary<string, string>(connection.Cookies ?? [], StringComparer.Ordinal);
            foreach (var (name, value) in answer.Cookies)
            {
                cookies[name] = value;
            }

            connection.Cookies = cookies;
        }
    }

    /// <summary>Not blocking; the answer has no effect.</summary>
    public void RaiseConnected(Connection connection) => _ = NotifyAsync(connection, "connected", Task.CompletedTask, EmptyBody);

    /// <summary>Not blocking; comes after the connection's last request has been worked off.</summary>
    public void RaiseDisconnected(Connection connection, string reason) =>
        _ = NotifyAsync(connection, "disconnected", connection.PendingWork, ReasonBody(reason));

    private async Task NotifyAsync(Connection connection, string name, Task after, ReadOnlyMemory<byte> body)
    {
        if (EventHandlers.ForSystemEvent(connection.Hub.Options, name) is not { } handler)
        {
            return;
        }

        try
        {
            await after;
            await sender.SendAsync(handler, EventMessage.ForSystemEvent(connection, name, body), CancellationToken.None);
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            Log.Lost(logger, e, name);
        }
    }

    private static ReadOnlyMemory<byte> ReasonBody(string reason)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("reason"u8, reason);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Event {EventName} was lost: the emulator is stopping.")]
        public static partial void Lost(ILogger logger, Exception exception, string eventName);
    }
}
