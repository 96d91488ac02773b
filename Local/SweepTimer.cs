using System.Text;

namespace ServerlessChat.Local;

/// <summary>In place of the Functions host's timer: calls <c>/sweep</c> as it does, once a minute.</summary>
internal static class SweepTimer
{
    private const string Invocation = """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""";

    public static async Task RunAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{options.FunctionsPort}"), Timeout = TimeSpan.FromMinutes(5) };
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                using var body = new StringContent(Invocation, Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await client.PostAsync(new Uri("/sweep", UriKind.Relative), body, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Next minute again; a function app that has ended is told about elsewhere.
            }
        }
    }
}
