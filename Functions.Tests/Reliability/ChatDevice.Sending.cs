using System.Net.Http.Json;
using System.Text.Json;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Reliability;

/// <content>Sends, each until it is known to be stored.</content>
internal sealed partial class ChatDevice
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private async Task SendAsync(string name, Acknowledged acknowledged, CancellationToken cancellationToken)
    {
        string text = Acknowledged.TextOf(name);
        acknowledged.Writes(text);
        for (int tries = 0; !IsStored(name); tries++)
        {
            Repeats += tries > 0 ? 1 : 0;
            await TrySendAsync(text, name, cancellationToken);
        }
    }

    private async Task TrySendAsync(string text, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var message = new { message = text, client_id = clientId };
            if (kind is DeviceKind.Notifications)
            {
                using HttpResponseMessage answer = await http.PostAsJsonAsync(Path, message, cancellationToken);
                answer.EnsureSuccessStatusCode();
                SetStored(clientId);
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

    private void Append(JsonElement entry)
    {
        Log.Append(entry);
        if (entry.TryGetProperty("client_id", out JsonElement clientId) && entry.GetProperty("user").GetString() == username)
        {
            SetStored(clientId.GetString()!);
        }
    }

    private bool IsStored(string clientId)
    {
        lock (_gate)
        {
            return _own.Contains(clientId);
        }
    }

    private void SetStored(string clientId)
    {
        lock (_gate)
        {
            _own.Add(clientId);
        }
    }
}
