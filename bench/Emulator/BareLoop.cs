using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EmulatorBench;

/// <summary>The least that a Kestrel application can do: every POST goes to every socket. No tokens, no groups, no limits.</summary>
internal sealed class BareLoop(bool isBatched)
{
    private const int BatchSize = 32 * 1024;

    private readonly ConcurrentDictionary<Channel<byte[]>, byte> _receivers = new();

    public Task HandleAsync(HttpContext context) => (HttpMethods.IsPost(context.Request.Method), isBatched) switch
    {
        (true, _) => PublishAsync(context),
        (_, true) => RunBatchedAsync(context),
        _ => RunWebSocketAsync(context),
    };

    private async Task PublishAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(body);
        var message = isBatched ? Frame(body) : body;
        foreach (var (receiver, _) in _receivers)
        {
            receiver.Writer.TryWrite(message);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task RunWebSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var queue = Add();
        var sending = Task.Run(async () =>
        {
            await foreach (var message in queue.Reader.ReadAllAsync())
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        });
        try
        {
            var buffer = new byte[4096];
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // The client is gone, as clients of a benchmark go.
        }
        finally
        {
            Remove(queue);
        }

        await sending;
    }

    private async Task RunBatchedAsync(HttpContext context)
    {
        var key = context.Request.Headers.SecWebSocketKey + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
#pragma warning disable CA5350 // Prescribed by RFC 6455.
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key)));
#pragma warning restore CA5350
        await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var queue = Add();
        var sending = SendBatchesAsync(stream, queue.Reader);
        try
        {
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The client is gone.
        }
        finally
        {
            Remove(queue);
        }

        await sending;
    }

    private static async Task SendBatchesAsync(Stream stream, ChannelReader<byte[]> queue)
    {
        var batch = new byte[BatchSize];
        while (await queue.WaitToReadAsync())
        {
            var used = 0;
            while (queue.TryPeek(out var frame) && used + frame.Length <= batch.Length && queue.TryRead(out frame))
            {
                frame.CopyTo(batch, used);
                used += frame.Length;
            }

            await stream.WriteAsync(batch.AsMemory(0, used));
        }
    }

    private Channel<byte[]> Add()
    {
        var queue = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
        _receivers.TryAdd(queue, 0);
        return queue;
    }

    private void Remove(Channel<byte[]> queue)
    {
        _receivers.TryRemove(queue, out _);
        queue.Writer.TryComplete();
    }

    private static byte[] Frame(byte[] payload)
    {
        var header = payload.Length <= 125 ? new byte[2] : new byte[4];
        header[0] = 0x81;
        header[1] = (byte)Math.Min(payload.Length, 126);
        if (header.Length == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)payload.Length);
        }

        return [.. header, .. payload];
    }
}
