using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EmulatorBench;

/// <summary>A receiver that reads as fast as it can. All messages of a run have one length, so frames need no parsing.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly Socket _socket;

    private Receiver(Socket socket) => _socket = socket;

    public static async Task<Receiver> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = new byte[4096];
        var length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await socket.ReceiveAsync(head.AsMemory(length));
            length += read > 0 ? read : throw new IOException("The handshake was refused.");
        }

        return head.AsSpan(0, length).StartsWith("HTTP/1.1 101"u8) ? new(socket) : throw new IOException(Encoding.ASCII.GetString(head, 0, length));
    }

    /// <summary>Reads until the socket ends.</summary>
    /// <param name="onFrames">Gets whole frames, one behind the other.</param>
    public async Task RunAsync(int frameLength, Action<ReadOnlyMemory<byte>> onFrames)
    {
        var buffer = new byte[frameLength * 256];
        var used = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(used)) is var read and > 0)
            {
                used += read;
                var whole = used / frameLength * frameLength;
                onFrames(buffer.AsMemory(0, whole));
                buffer.AsSpan(whole, used - whole).CopyTo(buffer);
                used -= whole;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    /// <summary>Leaves without a farewell.</summary>
    public void Dispose()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }
}
