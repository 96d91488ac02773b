using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ServerlessChat.Bench.Sockets;

/// <summary>A plain WebSocket that costs little: one buffer, and frames are handed on where they lie in it.</summary>
internal sealed class PlainSocket : IDisposable
{
    private const byte Text = 0x81;
    private const byte Close = 0x88;
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;

    private readonly Socket _socket;
    private readonly Lock _sending = new();

    private PlainSocket(Socket socket) => _socket = socket;

    public delegate void FrameHandler(ReadOnlySpan<byte> payload);

    /// <exception cref="BenchException">The handshake was refused.</exception>
    public static async Task<PlainSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port, cancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            cancellationToken);

        // Nothing is sent before everybody is connected: what comes is the handshake's answer alone.
        byte[] head = new byte[4096];
        int length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = await socket.ReceiveAsync(head.AsMemory(length), cancellationToken);
            length += read > 0 ? read : throw new BenchException("A socket's handshake was not answered.");
        }

        return head.AsSpan(0, length).StartsWith("HTTP/1.1 101"u8)
            ? new PlainSocket(socket)
            : throw new BenchException("A socket was refused: " + Encoding.ASCII.GetString(head, 0, length));
    }

    /// <summary>Sends a text frame of at most 64 KiB. From any thread.</summary>
    public void Send(ReadOnlySpan<byte> payload) => Send(Text, payload);

    /// <summary>Reads until the socket is disposed.</summary>
    /// <exception cref="BenchException">The other side ended it.</exception>
    public async Task RunAsync(FrameHandler onFrame)
    {
        byte[] buffer = new byte[64 * 1024];
        int used = 0;
        while (true)
        {
            int read;
            try
            {
                read = await _socket.ReceiveAsync(buffer.AsMemory(used));
            }
            catch (Exception e) when (e is SocketException { SocketErrorCode: SocketError.OperationAborted } or ObjectDisposedException)
            {
                return;
            }

            if (read == 0)
            {
                throw new BenchException("A socket was ended by the emulator.");
            }

            used += read;
            int taken = Take(buffer.AsSpan(0, used), onFrame);
            buffer.AsSpan(taken, used - taken).CopyTo(buffer);
            used -= taken;
        }
    }

    /// <summary>Leaves without a farewell.</summary>
    public void Dispose()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    /// <summary>Hands on the whole frames. A server's frames are not masked.</summary>
    /// <returns>Their bytes.</returns>
    private int Take(ReadOnlySpan<byte> bytes, FrameHandler onFrame)
    {
        int taken = 0;
        while (TryReadHeader(bytes[taken..], out int header, out int length) && bytes.Length - taken >= header + length)
        {
            ReadOnlySpan<byte> payload = bytes.Slice(taken + header, length);
            switch (bytes[taken])
            {
                case Text:
                    onFrame(payload);
                    break;
                case Ping:
                    Send(Pong, payload);
                    break;
                case Close:
                    throw new BenchException($"A socket was closed: {Encoding.UTF8.GetString(payload.IsEmpty ? payload : payload[2..])}");
            }

            taken += header + length;
        }

        return taken;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        bool isLong = bytes.Length >= 2 && bytes[1] == 126;
        header = isLong ? 4 : 2;
        bool isWhole = bytes.Length >= header;
        length = !isWhole ? 0 : isLong ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : bytes[1];
        return isWhole;
    }

    // A client's frames are masked; a key of zeros leaves the payload as it is.
    private void Send(byte kind, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[8 + payload.Length];
        frame[0] = kind;
        int header = payload.Length < 126 ? 2 : 4;
        frame[1] = (byte)(0x80 | (header == 2 ? payload.Length : 126));
        if (header == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }

        payload.CopyTo(frame.AsSpan(header + 4));
        lock (_sending)
        {
            _socket.Send(frame, 0, header + 4 + payload.Length, SocketFlags.None);
        }
    }
}
