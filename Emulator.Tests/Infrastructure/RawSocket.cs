using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Emulator.Tests.Infrastructure;

/// <summary>A client that writes bytes of its own choice after a proper handshake.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawSocket(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    public static async Task<RawSocket> ConnectAsync(Uri address, string? subprotocol = null, int receiveBuffer = 0)
    {
        var tcp = new TcpClient();
        if (receiveBuffer > 0)
        {
            tcp.ReceiveBufferSize = receiveBuffer;
        }

        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var socket = new RawSocket(tcp);
        var offer = subprotocol is null ? "" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n"));
        var answer = await socket.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101", answer, StringComparison.Ordinal);

        // The RFC's own example of key and answer.
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer, StringComparison.Ordinal);
        return socket;
    }

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask().InTimeAsync();

    /// <summary>Sends one frame, masked with zeros unless told otherwise.</summary>
    public Task SendFrameAsync(int firstByte, byte[] payload, bool masked = true) => SendAsync(Frame(firstByte, payload, masked));

    public static byte[] Frame(int firstByte, byte[] payload, bool masked = true)
    {
        var frame = new List<byte> { (byte)firstByte };
        var mask = masked ? 0x80 : 0;
        var length = new byte[8];
        switch (payload.Length)
        {
            case <= 125:
                frame.Add((byte)(payload.Length | mask));
                break;
            case <= ushort.MaxValue:
                frame.Add((byte)(126 | mask));
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
                frame.AddRange(length[..2]);
                break;
            default:
                frame.Add((byte)(127 | mask));
                BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
                frame.AddRange(length);
                break;
        }

        if (masked)
        {
            frame.AddRange(new byte[4]);
        }

        return [.. frame, .. payload];
    }

    public async Task<(int FirstByte, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] & 0x7F;
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
        }
        else if (length == 127)
        {
            length = (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8));
        }

        return (head[0], await ReadAsync(length));
    }

    /// <summary>Reads until a close frame and returns its code; 0: the connection was cut without one.</summary>
    public async Task<int> ReadCloseAsync()
    {
        try
        {
            while (true)
            {
                var (first, payload) = await ReadFrameAsync();
                if (first == 0x88)
                {
                    return payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1005;
                }
            }
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Whether the server has ended the connection; reads away what comes before.</summary>
    public async Task<bool> IsCutAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await _stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().InTimeAsync() > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        // A reset instead of a farewell, as a vanishing client's.
        _tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        _tcp.Dispose();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken).AsTask().InTimeAsync();
        return bytes;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadAsync(1))[0]);
        }

        return head.ToString();
    }
}
