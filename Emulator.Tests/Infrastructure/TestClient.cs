using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Emulator.Tests.Infrastructure;

/// <summary>A WebSocket client that knows nothing of the protocol above the frames.</summary>
internal sealed class TestClient(ClientWebSocket socket, Uri address) : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = socket;

    /// <summary>Of the <c>connected</c> message, once read.</summary>
    public string ConnectionId { get; private set; } = "";

    public string? ReconnectionToken { get; private set; }

    public string? Subprotocol => _socket.SubProtocol;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<TestClient> ConnectAsync(Uri address, params string?[] subprotocols)
    {
        var socket = new ClientWebSocket();
        foreach (var subprotocol in subprotocols.OfType<string>())
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(address, TestContext.Current.CancellationToken).InTimeAsync();
            return new(socket, address);
        }
        catch (WebSocketException e)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new HandshakeRefusedException(status, e);
        }
    }

    /// <summary>Connects and expects the handshake to be refused.</summary>
    /// <returns>The HTTP status.</returns>
    public static async Task<int> ConnectRefusedAsync(Uri address, params string?[] subprotocols)
    {
        var refusal = await Assert.ThrowsAsync<HandshakeRefusedException>(() => ConnectAsync(address, subprotocols));
        return refusal.Status;
    }

    public Task<TestClient> RecoverAsync(string? token = null) => ConnectAsync(
        new($"{address}&awps_connection_id={ConnectionId}&awps_reconnection_token={token ?? ReconnectionToken}"), Subprotocol);

    public async Task<JsonElement> ReadConnectedAsync()
    {
        var connected = await ReadJsonAsync();
        Assert.Equal("connected", connected.GetProperty("event").GetString());
        ConnectionId = connected.GetProperty("connectionId").GetString()!;
        ReconnectionToken = connected.TryGetProperty("reconnectionToken", out var token) ? token.GetString() : null;
        return connected;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool endOfMessage = true) =>
        _socket.SendAsync(bytes, type, endOfMessage, TestContext.Current.CancellationToken).InTimeAsync();

    /// <summary>Sends a request with an ack id and reads the ack, which must be the next frame.</summary>
    public async Task<JsonElement> RequestAsync(string text)
    {
        await SendAsync(text);
        var ack = await ReadJsonAsync();
        Assert.Equal("ack", ack.GetProperty("type").GetString());
        return ack;
    }

    public async Task RequestOkAsync(string text)
    {
        var ack = await RequestAsync(text);
        Assert.True(ack.GetProperty("success").GetBoolean(), ack.ToString());
    }

    public async Task<JsonElement> ReadJsonAsync()
    {
        using var document = JsonDocument.Parse(await ReadTextAsync());
        return document.RootElement.Clone();
    }

    public async Task<string> ReadTextAsync()
    {
        var (type, bytes) = await ReadAsync();
        Assert.Equal(WebSocketMessageType.Text, type);
        return Encoding.UTF8.GetString(bytes);
    }

    public async Task<(WebSocketMessageType Type, byte[] Bytes)> ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).InTimeAsync();
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (part.MessageType, message.ToArray());
            }
        }
    }

    /// <summary>Reads until the service closes and answers the close.</summary>
    /// <returns>The close code.</returns>
    public async Task<int> ReadCloseAsync()
    {
        while ((await ReadAsync()).Type != WebSocketMessageType.Close)
        {
        }

        await CloseAsync(_socket.CloseStatus ?? WebSocketCloseStatus.Empty);
        return (int)_socket.CloseStatus!;
    }

    public Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure) =>
        _socket.CloseAsync(status, null, TestContext.Current.CancellationToken).InTimeAsync();

    /// <summary>Cuts the TCP connection.</summary>
    public void Drop() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The server answered a WebSocket request with something else than 101.</summary>
internal sealed class HandshakeRefusedException(int status, Exception inner) : Exception($"HTTP {status}", inner)
{
    public int Status { get; } = status;
}
