using System.Buffers;

namespace Emulator.Clients.WebSockets;

/// <summary>A message put together from its fragments, or one control frame. The payload is valid until the next read.</summary>
internal readonly record struct ReceivedMessage(OpCode OpCode, ReadOnlyMemory<byte> Payload);

/// <summary>Reads masked client frames. Holds no buffer while the client is silent, so that idle sockets stay cheap.</summary>
/// <remarks>One reader at a time.</remarks>
internal sealed class FrameReader(Stream stream, int maxMessageBytes) : IDisposable
{
    private const int BufferSize = 4096;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private byte[]? _message;
    private int _messageLength;
    private OpCode _messageOpCode;
    private bool _messageReturned;

    private int Available => _end - _start;

    /// <returns>The next message or control frame; <see cref="OpCode.EndOfStream"/> when the peer is gone, also amid a frame.</returns>
    /// <exception cref="WebSocketProtocolException">A broken frame (1002) or one over the limit (1009).</exception>
    public async ValueTask<ReceivedMessage> ReadAsync(CancellationToken cancellationToken)
    {
        ReleaseReturnedMessage();
        while (true)
        {
            var header = await ReadHeaderAsync(cancellationToken);
            if (header is not { } frame)
            {
                return new(OpCode.EndOfStream, default);
            }

            var fitsBuffer = frame.Final && frame.Length <= BufferSize - FrameHeader.MaxLength && (frame.IsControl || _message is null);
            if (fitsBuffer)
            {
                return await FillAsync(frame.Length, cancellationToken)
                    ? TakeFromBuffer(frame)
                    : new(OpCode.EndOfStream, default);
            }

            if (!await ReadPayloadAsync(frame, cancellationToken))
            {
                return new(OpCode.EndOfStream, default);
            }

            if (frame.Final)
            {
                _messageReturned = true;
                return new(_messageOpCode, _message.AsMemory(0, _messageLength));
            }
        }
    }

    /// <summary>Reads and drops everything until the peer ends the connection.</summary>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        while (await stream.ReadAsync(_buffer, cancellationToken) > 0)
        {
        }
    }

    public void Dispose()
    {
        Return(ref _buffer);
        Return(ref _message);
    }

    private async ValueTask<FrameHeader?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(2, cancellationToken))
        {
            return null;
        }

        var length = FrameHeader.LengthOf(_buffer![_start + 1]);
        if (!await FillAsync(length, cancellationToken))
        {
            return null;
        }

        var header = FrameHeader.Parse(_buffer.AsSpan(_start, length));
        _start += length;
        Check(header);
        return header;
    }

    private void Check(FrameHeader frame)
    {
        if (frame.IsControl)
        {
            return;
        }

        var continues = frame.OpCode == OpCode.Continuation;
        if (continues != _message is not null)
        {
            throw new WebSocketProtocolException(CloseCodes.ProtocolError, "Unexpected continuation or new message.");
        }

        if (frame.Length > maxMessageBytes - _messageLength)
        {
            throw new WebSocketProtocolException(CloseCodes.MessageTooBig, "The message is too large.");
        }
    }

    private ReceivedMessage TakeFromBuffer(FrameHeader frame)
    {
        var payload = _buffer.AsMemory(_start, frame.Length);
        Masking.Apply(payload.Span, frame.MaskKey, 0);
        _start += frame.Length;
        return new(frame.OpCode, payload);
    }

    private async ValueTask<bool> ReadPayloadAsync(FrameHeader frame, CancellationToken cancellationToken)
    {
        if (frame.OpCode != OpCode.Continuation)
        {
            _messageOpCode = frame.OpCode;
            _message = ArrayPool<byte>.Shared.Rent(BufferSize);
        }

        var done = 0;
        while (done < frame.Length)
        {
            var room = Grow(frame.Length - done);
            var read = await ReadSomeAsync(room, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            Masking.Apply(room.Span[..read], frame.MaskKey, done);
            done += read;
            _messageLength += read;
        }

        return true;
    }

    /// <summary>Room for the next bytes of the message; it doubles with what has arrived, never with what was only announced.</summary>
    private Memory<byte> Grow(int wanted)
    {
        if (_messageLength == _message!.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_message.Length * 2);
            _message.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_message);
            _message = larger;
        }

        return _message.AsMemory(_messageLength, Math.Min(wanted, _message.Length - _messageLength));
    }

    private ValueTask<int> ReadSomeAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (Available == 0)
        {
            return stream.ReadAsync(destination, cancellationToken);
        }

        var count = Math.Min(Available, destination.Length);
        _buffer.AsSpan(_start, count).CopyTo(destination.Span);
        _start += count;
        return ValueTask.FromResult(count);
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (Available < count)
        {
            await PrepareBufferAsync(count, cancellationToken);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    private async ValueTask PrepareBufferAsync(int count, CancellationToken cancellationToken)
    {
        if (Available == 0)
        {
            _start = _end = 0;
            Return(ref _buffer);

            // A read of no bytes waits for data without holding memory for it.
#pragma warning disable CA2022 // There is nothing to read exactly.
            _ = await stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
#pragma warning restore CA2022
            _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        }
        else if (_start + count > _buffer!.Length)
        {
            _buffer.AsSpan(_start, Available).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
    }

    private void ReleaseReturnedMessage()
    {
        if (_messageReturned)
        {
            Return(ref _message);
            _messageLength = 0;
            _messageReturned = false;
        }
    }

    private static void Return(ref byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }
    }
}
