using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Reliability;

/// <summary>How a device takes part.</summary>
internal enum DeviceKind
{
    /// <summary>A plain socket on the group's channel, for both directions.</summary>
    Plain,

    /// <summary>The same as a client of the subprotocol.</summary>
    Subprotocol,

    /// <summary>The notifications socket, and sends over HTTP.</summary>
    Notifications,
}

/// <summary>
/// A client as the documentation tells to write one: it drops what it has, fills holes by <c>after</c>, asks once after every connect, and repeats a send with its
/// <c>client_id</c> until it has seen it stored.
/// </summary>
internal sealed class ChatDevice(DeviceKind kind, HttpClient http, string username, string slug) : IDisposable
{
    private const string Json = "json.webpubsub.azure.v1";
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _applying = new(1, 1);
    private readonly List<JsonElement> _log = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ChatSocket? _socket;

    public int Connects { get; private set; }

    public int Holes { get; private set; }

    public int Repeats { get; private set; }

    /// <summary>What it shows: id, user, client_id, text; in the order that it learned them.</summary>
    public string[] Shown => [.. _log.Select(m => $"{m.GetProperty("id")} {m.GetProperty("user")} {m.GetProperty("client_id")} {m.GetProperty("message")}")];

    public void Cut() => _socket?.Abort();

    public void Dispose() => (_applying as IDisposable).Dispose();

    /// <summary>Connects, listens, and connects again, until it is told to end.</summary>
    public async Task ListenAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using ChatSocket socket = await ConnectAsync(end);
                _socket = socket;
                Connects++;
                await CatchUpAsync(end);
                await foreach (string frame in socket.ReceiveAllAsync(end))
                {
                    await ApplyAsync(JsonElement.Parse(frame), end);
                }
            }
            catch (Exception e) when (IsInterruption(e))
            {
                await PauseAsync(end);
            }
        }
    }

    /// <summary>Sends each text until it is known to be stored.</summary>
    public async Task SendAllAsync(IEnumerable<string> texts, Action acknowledged, CancellationToken cancellationToken)
    {
        foreach (string text in texts)
        {
            string clientId = "c-" + text;
            for (int tries = 0; !IsStored(clientId); tries++)
            {
                Repeats += tries > 0 ? 1 : 0;
                await TrySendAsync(text, clientId, cancellationToken);
            }

            acknowledged();
        }
    }

    /// <summary>Reads on from the last id that it has.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken);
        try
        {
            for (bool more = true; more;)
            {
                JsonElement page = await http.GetFromJsonAsync<JsonElement>($"/chat/group/{slug}/?limit=200&after={_log.Count}", cancellationToken);
                foreach (JsonElement message in page.GetProperty("messages").EnumerateArray())
                {
                    Append(message);
                }

                more = page.GetProperty("more").GetBoolean();
            }
        }
        finally
        {
            _applying.Release();
        }
    }

    private async Task<ChatSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        string address = kind is DeviceKind.Notifications ? $"/ws/notifications/{username}/" : $"/ws/chat/{slug}/";
        JsonElement negotiated = await http.GetFromJsonAsync<JsonElement>(address, cancellationToken);
        return await ChatSocket.OpenAsync(new Uri(negotiated.GetProperty("url").GetString()!), options =>
        {
            if (kind is DeviceKind.Subprotocol)
            {
                options.AddSubProtocol(Json);
            }
        });
    }

    private async Task ApplyAsync(JsonElement frame, CancellationToken cancellationToken)
    {
        JsonElement message = kind is DeviceKind.Subprotocol && frame.TryGetProperty("data", out JsonElement data) ? data : frame;
        if (!message.TryGetProperty("id", out JsonElement id) || message.TryGetProperty("event", out _))
        {
            return; // The service's own words, no message, or an error: the send is repeated.
        }

        await _applying.WaitAsync(cancellationToken);
        int next = _log.Count + 1;
        if (id.GetInt64() == next)
        {
            Append(message);
        }

        _applying.Release();
        if (id.GetInt64() > next)
        {
            Holes++;
            await CatchUpAsync(cancellationToken);
        }
    }

    private void Append(JsonElement message)
    {
        Assert.Equal(_log.Count + 1, message.GetProperty("id").GetInt64());
        _log.Add(message);
        if (message.GetProperty("user").GetString() == username)
        {
            lock (_gate)
            {
                _own.Add(message.GetProperty("client_id").GetString()!);
            }
        }
    }

    private bool IsStored(string clientId)
    {
        lock (_gate)
        {
            return _own.Contains(clientId);
        }
    }

    private async Task TrySendAsync(string text, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var message = new { message = text, client_id = clientId };
            if (kind is DeviceKind.Notifications)
            {
                using HttpResponseMessage answer = await http.PostAsJsonAsync($"/chat/group/{slug}/", message, cancellationToken);
                answer.EnsureSuccessStatusCode();
                lock (_gate)
                {
                    _own.Add(clientId);
                }
            }
            else
            {
                await (_socket ?? throw new InvalidOperationException("Not connected yet.")).SendAsync(
                    kind is DeviceKind.Plain ? message : new { type = "event", @event = "message", dataType = "json", data = message });
                await WaitUntilStoredAsync(clientId, cancellationToken);
            }
        }
        catch (Exception e) when (IsInterruption(e))
        {
            await PauseAsync(cancellationToken);
        }
    }

    private async Task WaitUntilStoredAsync(string clientId, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        ChatSocket? socket = _socket;
        while (!IsStored(clientId) && socket == _socket && TimeProvider.System.GetElapsedTime(start) < RepeatAfter)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A client that lost its server asks again, but not at once.</summary>
    private static async Task PauseAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Backoff, TimeProvider.System, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static bool IsInterruption(Exception e) =>
        e is HttpRequestException or WebSocketException or SocketRefusedException or OperationCanceledException or TimeoutException or InvalidOperationException or IOException or JsonException;
}
