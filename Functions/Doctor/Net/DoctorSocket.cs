using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ServerlessChat.Doctor.Net;

/// <summary>A plain WebSocket that waits for one frame at a time.</summary>
internal sealed class DoctorSocket : IAsyncDisposable
{
    private const int MaxFrame = 1024 * 1024;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket = new();
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;

    private DoctorSocket(TimeSpan limit, TimeProvider time)
    {
        (_limit, _time) = (limit, time);
        _socket.Options.Proxy = DirectLoopback.Instance;
        _socket.Options.CollectHttpResponseDetails = true;
    }

    /// <summary>How it ended on the other side: code and reason of its close, or that it was cut. Null while it did not.</summary>
    public string? End { get; private set; }

    /// <returns>The open socket, or the status that the handshake was refused with.</returns>
    /// <exception cref="FindingException">There was no answer; it says why.</exception>
    public static async Task<(DoctorSocket? Socket, int Status)> OpenAsync(Uri address, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new DoctorSocket(limit, time);
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await socket._socket.ConnectAsync(address, either.Token);
            return (socket, 101);
        }
        catch (Exception e) when (e is WebSocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            int status = (int)socket._socket.HttpStatusCode;
            socket._socket.Dispose();
            return status is 0 or 101 ? throw new FindingException(NetworkTrouble.Explain(e, address, limit)) : (null, status);
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, either.Token);
        }
        catch (Exception e) when (IsLost(e, cancellationToken))
        {
            // What is missing is told by the wait for the answer.
        }
    }

    /// <summary>Reads on until a frame fits.</summary>
    /// <returns>Null: it did not come in time, or the socket ended before.</returns>
    public async Task<JsonElement?> WaitForAsync(Func<JsonElement, bool> fits, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            while (await ReadAsync(either.Token) is { } frame)
            {
                if (Parse(frame) is { ValueKind: JsonValueKind.Object } json && fits(json))
                {
                    return json;
                }
            }
        }
        catch (Exception e) when (IsLost(e, cancellationToken))
        {
            End = e is WebSocketException ? "the connection was cut" : null;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        using var timer = new CancellationTokenSource(CloseLimit, _time);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, timer.Token);
            }
        }
        catch (Exception e) when (IsLost(e, CancellationToken.None))
        {
            // It is over either way.
        }

        _socket.Dispose();
    }

    /// <returns>Null: closed, or a frame that is larger than any of the app's.</returns>
    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        using var frame = new MemoryStream();
        while (frame.Length <= MaxFrame)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                End = $"Web PubSub closed the socket: {(int?)_socket.CloseStatus} {Shown.Text(_socket.CloseStatusDescription)}".TrimEnd();
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(frame.GetBuffer(), 0, (int)frame.Length);
            }
        }

        return null;
    }

    private static JsonElement Parse(string frame)
    {
        try
        {
            return JsonElement.Parse(frame);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static bool IsLost(Exception e, CancellationToken cancellationToken) =>
        e is WebSocketException or InvalidOperationException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
