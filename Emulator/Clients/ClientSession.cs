using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Emulator.Clients.WebSockets;
using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>One socket of a connection, from its first frame to its last.</summary>
internal sealed partial class ClientSession(
    Connection connection, WebSocketTransport transport, FrameReader reader, IClientProtocol protocol, WebPubSubEmulatorOptions options, ILogger logger)
{
    /// <summary>Receives until the socket ends; then the connection has ended too, or waits for its recovery.</summary>
    public async Task RunAsync()
    {
        try
        {
            var (code, reason) = await ReceiveAsync();
            OnClosedByClient(code, reason);
            await transport.Finished;
        }
        catch (WebSocketProtocolException e)
        {
            connection.End(e.Message);
            await CloseAsync(transport, reader, e.Code, e.Message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            connection.Detach(transport);
            transport.Abort();
        }
    }

    /// <summary>Closes a socket whose client may still be sending: cutting it at once could swallow the close frame.</summary>
    public static async Task CloseAsync(WebSocketTransport transport, FrameReader reader, ushort code, string reason)
    {
        transport.Close(code, reason);
        try
        {
            await transport.Finished;
            await reader.DiscardAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            transport.Abort();
        }
    }

    /// <returns>The client's close frame.</returns>
    private async Task<(ushort Code, string Reason)> ReceiveAsync()
    {
        while (true)
        {
            var message = await reader.ReadAsync(CancellationToken.None);
            transport.Touch();
            switch (message.OpCode)
            {
                case OpCode.Ping:
                    transport.SendPong(message.Payload.Span);
                    break;
                case OpCode.Pong:
                    break;
                case OpCode.Close:
                    return ParseClose(message.Payload.Span);
                case OpCode.EndOfStream:
                    throw new EndOfStreamException();
                default:
                    await HandleAsync(message);
                    break;
            }
        }
    }

    /// <summary>
    /// Starts the work on a message when the one before is done. It does not wait for the end of this one, so that pings, closes and drops are seen
    /// while an event handler takes its time.
    /// </summary>
    private async Task HandleAsync(ReceivedMessage message)
    {
        await connection.PendingWork;
        if (transport.IsClosing)
        {
            return;
        }

        if (message.OpCode == OpCode.Text && !Utf8.IsValid(message.Payload.Span))
        {
            throw new WebSocketProtocolException(CloseCodes.InvalidData, "The text is not UTF-8.");
        }

        var work = Start(message);
        connection.PendingWork = work.IsCompletedSuccessfully ? Task.CompletedTask : GuardAsync(work);
    }

    /// <summary>What fails before the first wait fails like what fails after it; a breach of the protocol ends the socket.</summary>
    private ValueTask Start(ReceivedMessage message)
    {
        try
        {
            return protocol.HandleAsync(message);
        }
        catch (Exception e) when (e is not WebSocketProtocolException)
        {
            return ValueTask.FromException(e);
        }
    }

    private async Task GuardAsync(ValueTask work)
    {
        try
        {
            await work;
        }
#pragma warning disable CA1031 // One client's failure, foreseen or not, must not touch the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Failed(logger, e, connection.Id);
            connection.Close(CloseCodes.InternalError, "The emulator failed.");
        }
    }

    private void OnClosedByClient(ushort code, string reason)
    {
        var ends = code == CloseCodes.Normal || (code == CloseCodes.NoStatus && options.CloseWithoutCodeEndsSession);
        if (ends)
        {
            connection.End(reason);
        }
        else
        {
            connection.Detach(transport);
        }

        transport.Close(code, reason);
    }

    private static (ushort Code, string Reason) ParseClose(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return (CloseCodes.NoStatus, "");
        }

        if (payload.Length == 1 || !CloseCodes.IsSendable(BinaryPrimitives.ReadUInt16BigEndian(payload)))
        {
            throw new WebSocketProtocolException(CloseCodes.ProtocolError, "Invalid close frame.");
        }

        return Utf8.IsValid(payload[2..])
            ? (BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload[2..]))
            : throw new WebSocketProtocolException(CloseCodes.InvalidData, "The close reason is not UTF-8.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request of connection {ConnectionId} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string connectionId);
    }
}
