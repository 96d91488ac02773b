using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ServerlessChat.Tests.OpenApi;

namespace ServerlessChat.Tests.Sockets;

/// <summary>A plain WebSocket with what it received, read as it comes. What a hub of the chat sends is held against docs/asyncapi.yaml.</summary>
public sealed class ChatSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _presence = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    private readonly string? _hub;

    private ChatSocket(ClientWebSocket socket, Uri address)
    {
        _socket = socket;
        _hub = FrameContract.HubOf(address);
        _reading = ReadAsync();
    }

    /// <summary>Completes when the socket is closed or lost.</summary>
    public Task Closed => _reading;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? Subprotocol => _socket.SubProtocol;

    /// <param name="configure">Headers, subprotocols.</param>
    /// <exception cref="SocketRefusedException">The handshake was answered with another status than 101.</exception>
    public static async Task<ChatSocket> OpenAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        try
        {
            await Eventually.DoneAsync(socket.ConnectAsync(address, TestContext.Current.CancellationToken), $"the handshake at {address.GetLeftPart(UriPartial.Path)}");
            return new ChatSocket(socket, address);
        }
        catch (WebSocketException refused) when ((int)socket.HttpStatusCode is >= 400)
        {
            throw new SocketRefusedException((int)socket.HttpStatusCode, refused);
        }
    }

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    public Task SendBytesAsync(byte[] bytes) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next frame as it came. Those of presence are kept apart: they come whenever somebody else's socket is opened or closed.</summary>
    public Task<string> ReceiveTextAsync() => ReceiveAsync(_frames.Reader);

    public async Task<JsonElement> ReceiveAsync() => JsonElement.Parse(await ReceiveTextAsync());

    /// <summary>The next frame that says whether somebody is online.</summary>
    public async Task<JsonElement> ReceivePresenceAsync() => JsonElement.Parse(await ReceiveAsync(_presence.Reader));

    /// <summary>Frames of presence that have come and were not taken.</summary>
    public IReadOnlyList<string> TakePresence() => Take(_presence.Reader);

    private async Task<string> ReceiveAsync(ChannelReader<string> frames)
    {
        try
        {
            Task<string> frame = frames.ReadAsync(TestContext.Current.CancellationToken).AsTask();
            await Eventually.DoneAsync(frame, "a frame");
            return await frame;
        }
        catch (ChannelClosedException closed)
        {
            throw new InvalidOperationException($"The socket was closed ({_socket.CloseStatus} {_socket.CloseStatusDescription}) before a frame came.", closed);
        }
    }

    /// <summary>Frames as they come, until the socket is closed or lost.</summary>
    public IAsyncEnumerable<string> ReceiveAllAsync(CancellationToken cancellationToken) => _frames.Reader.ReadAllAsync(cancellationToken);

    /// <summary>What has come and was not taken.</summary>
    public IReadOnlyList<string> TakeReceived() => Take(_frames.Reader);

    private static List<string> Take(ChannelReader<string> reader)
    {
        var frames = new List<string>();
        while (reader.TryRead(out string? frame))
        {
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Waits until the other side has closed, and answers with what came before.</summary>
    public async Task<IReadOnlyList<string>> WaitForCloseAsync()
    {
        await Eventually.DoneAsync(_reading, "the other side to close");
        return TakeReceived();
    }

    /// <summary>Says that it wants to close; what still comes, the other side's answer too, is read as before.</summary>
    public Task SayCloseAsync(WebSocketCloseStatus status, string reason) => _socket.CloseOutputAsync(status, reason, TestContext.Current.CancellationToken);

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open)
        {
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                await _reading.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
            }
            catch (Exception e) when (e is WebSocketException or TimeoutException or InvalidOperationException)
            {
                // It is over either way.
            }
        }

        _socket.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    if (_socket.State is WebSocketState.CloseReceived)
                    {
                        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    }

                    break;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    string frame = Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
                    await FrameContract.DemandAsync(_hub, frame, isWrapped: !string.IsNullOrEmpty(Subprotocol));
                    (IsPresence(frame) ? _presence : _frames).Writer.TryWrite(frame);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Lost, or cut by the test.
        }
        catch (UndeclaredFrameException undeclared)
        {
            _frames.Writer.TryComplete(undeclared); // For whoever waits for a frame; the task itself is for whoever ends the socket.
            throw;
        }

        _frames.Writer.TryComplete();
        _presence.Writer.TryComplete();
    }

    private static bool IsPresence(string frame) =>
        frame.Contains("\"event\":\"presence\"", StringComparison.Ordinal) || frame.Contains("\"kind\":\"presence\"", StringComparison.Ordinal);
}
