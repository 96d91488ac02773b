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
/// <c>client_id</c> until it has seen it stored. Changes of messages go over HTTP.
/// </summary>
internal sealed partial class ChatDevice(DeviceKind kind, HttpClient http, string username, string slug) : IDisposable
{
    private const string Json = "json.webpubsub.azure.v1";
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _applying = new(1, 1);
    private ChatSocket? _socket;

    public string Username => username;

    public int Connects { get; private set; }

    public int Holes { get; private set; }

    public int Repeats { get; private set; }

    /// <summary>What it shows.</summary>
    public DeviceLog Log { get; } = new();

    private string Path => $"/chat/group/{slug}/";

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
                await RefreshAsync(end);
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

    /// <summary>Reads on from the last id that it has.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken);
        try
        {
            for (bool more = true; more;)
            {
                JsonElement page = await ReadAsync($"?limit=200&after={Log.LastId}", cancellationToken);
                foreach (JsonElement entry in page.GetProperty("messages").EnumerateArray())
                {
                    Append(entry);
                }

                more = page.GetProperty("more").GetBoolean();
            }
        }
        finally
        {
            _applying.Release();
        }
    }

    public Task<JsonElement> ReadAsync(string query, CancellationToken cancellationToken) => http.GetFromJsonAsync<JsonElement>(Path + query, cancellationToken);

    /// <summary>Reads again what is on the screen, as a client does that shows a conversation once more: copies of messages that it has.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        JsonElement page = await ReadAsync("?limit=30", cancellationToken);
        foreach (JsonElement copy in page.GetProperty("messages").EnumerateArray())
        {
            Log.Keep(copy);
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
        JsonElement entry = kind is DeviceKind.Subprotocol && frame.TryGetProperty("data", out JsonElement data) ? data : frame;
        if (!entry.TryGetProperty("id", out JsonElement id) || (entry.TryGetProperty("event", out _) && !entry.TryGetProperty("target", out _)))
        {
            return; // The service's own words, no entry, or an error: the send is repeated.
        }

        await _applying.WaitAsync(cancellationToken);
        long next = Log.LastId + 1;
        if (id.GetInt64() == next)
        {
            Append(entry);
        }

        _applying.Release();
        if (id.GetInt64() > next)
        {
            Holes++;
            await CatchUpAsync(cancellationToken);
        }
    }

    /// <summary>A client that lost its server asks again, but not at once.</summary>
    private static async Task PauseAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Backoff, TimeProvider.System, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static bool IsInterruption(Exception e) =>
        e is HttpRequestException or WebSocketException or SocketRefusedException or OperationCanceledException or TimeoutException or InvalidOperationException or IOException or JsonException;
}
