using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>Calls timer-triggered functions as the host does: the payload is posted to the function's name, past every route.</summary>
internal sealed class TimerCalls(WorkerKeeper workers) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    /// <returns>The invocation's logs.</returns>
    /// <exception cref="InvalidOperationException">The host would take the invocation for failed, or wait for its end until the time limit.</exception>
    public async Task<IReadOnlyList<string>> FireAsync(HostFunction timer, CancellationToken cancellationToken)
    {
        if (timer.Schedule is null || !await workers.IsReadyAsync(cancellationToken))
        {
            throw new InvalidOperationException($"{timer.Name} is no timer, or the worker is not there.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(workers.Address, timer.Name)) { Content = JsonContent.Create(Payload(timer)) };
        string id = Guid.NewGuid().ToString();
        request.Headers.Add(Forwarder.InvocationId, id);
        request.Headers.Add(Forwarder.HostVersion, Forwarder.Version);
        request.Headers.Add("User-Agent", $"Azure-Functions-Host/{Forwarder.Version}");
        using HttpResponseMessage answer = await _client.SendAsync(request, cancellationToken);
        string body = await answer.Content.ReadAsStringAsync(cancellationToken);
        bool isTaken = answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is "application/json" && body.Length > 0;
        JsonElement result = isTaken ? JsonElement.Parse(body) : default;
        return result.ValueKind == JsonValueKind.Object
            ? [.. result.GetProperty("Logs").EnumerateArray().Select(line => line.GetString()!)]
            : throw new InvalidOperationException($"{timer.Name} failed: {(int)answer.StatusCode} {answer.Content.Headers.ContentType} '{body}'.");
    }

    public void Dispose() => _client.Dispose();

    private static object Payload(HostFunction timer)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new
        {
            Data = new
            {
                timer = new
                {
                    Schedule = new { AdjustForDST = true },
                    ScheduleStatus = new { Last = now.AddMinutes(-5), Next = now.AddMinutes(5), LastUpdated = now.AddMinutes(-5) },
                    IsPastDue = false,
                },
            },
            Metadata = new { sys = new { MethodName = timer.Name, UtcNow = now, RandGuid = Guid.NewGuid() } },
        };
    }
}
