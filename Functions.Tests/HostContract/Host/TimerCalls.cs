using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>Calls timer-triggered functions as the host does: the payload is posted to the function's name, past every route.</summary>
internal sealed class TimerCalls(WorkerKeeper workers) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limit };

    /// <returns>The invocation's logs.</returns>
    /// <exception cref="InvalidOperationException">The host would take the invocation for failed, or wait for its end until the time limit.</exception>
    /// <exception cref="TimeoutException">It was not answered within a minute.</exception>
    public async Task<IReadOnlyList<string>> FireAsync(HostFunction timer, CancellationToken cancellationToken)
    {
        string? why = timer.Schedule is null ? "It is no timer." : await workers.WaitAsync(cancellationToken);
        if (why is not null)
        {
            throw new InvalidOperationException($"{timer.Name} can not be called: {why}");
        }

        (HttpResponseMessage answer, string body) = await PostAsync(timer, cancellationToken);
        bool isTaken = answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is "application/json" && body.Length > 0;
        JsonElement result = isTaken ? JsonElement.Parse(body) : default;
        using HttpResponseMessage read = answer;
        return result.ValueKind == JsonValueKind.Object
            ? [.. result.GetProperty("Logs").EnumerateArray().Select(line => line.GetString()!)]
            : throw new InvalidOperationException($"{timer.Name} failed: {(int)answer.StatusCode} {answer.Content.Headers.ContentType} '{body}'.");
    }

    public void Dispose() => _client.Dispose();

    private async Task<(HttpResponseMessage Answer, string Body)> PostAsync(HostFunction timer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(workers.Address, timer.Name)) { Content = JsonContent.Create(Payload(timer)) };
        string id = Guid.NewGuid().ToString();
        request.Headers.Add(Forwarder.InvocationId, id);
        request.Headers.Add(Forwarder.HostVersion, Forwarder.Version);
        request.Headers.Add("User-Agent", $"Azure-Functions-Host/{Forwarder.Version}");
        try
        {
            HttpResponseMessage answer = await _client.SendAsync(request, cancellationToken); // With its body.
            return (answer, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{timer.Name} was not answered within {Limit.TotalSeconds} s. {workers.Last}", e);
        }
    }

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
