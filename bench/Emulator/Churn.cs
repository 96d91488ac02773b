namespace EmulatorBench;

/// <summary>Connects and drops at a fixed rate, and what the emulator is like meanwhile and afterwards.</summary>
internal static class Churn
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(int perSecond, int seconds)
    {
        using var server = await ServerProcess.StartAsync(Servers.Emulator);
        await RunAsync(server, perSecond, seconds: 1, new());
        var (residentBefore, managedBefore) = await server.MeasureAsync();
        var health = new Delays();
        var (connected, took) = await RunAsync(server, perSecond, seconds, health);
        var (resident, managed) = await server.MeasureAsync();
        using var http = new HttpClient();
        var state = await http.GetStringAsync(new Uri(server.Endpoint, "/live/state?after=9999999999"));
        Console.WriteLine($"{connected} connects and drops in {took.TotalSeconds:F1} s; health checks p50 {health.Percentile(50):F2} ms, p99 {health.Percentile(99):F2} ms");
        Console.WriteLine($"managed {managedBefore / Mebibyte:F1} -> {managed / Mebibyte:F1} MiB, resident {residentBefore / Mebibyte:F1} -> {resident / Mebibyte:F1} MiB");
        Console.WriteLine(state.Contains("\"connectionCount\":0,\"groupCount\":0", StringComparison.Ordinal) ? "No connection and no group is left." : $"Left: {state}");
        return 0;
    }

    private static async Task<(int Connected, TimeSpan Took)> RunAsync(ServerProcess server, int perSecond, int seconds, Delays health)
    {
        using var http = new HttpClient();
        var connected = 0;
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        var running = new List<Task>();
        for (var i = 0; i < seconds * (int)(TimeSpan.FromSeconds(1) / Tick); i++)
        {
            await timer.WaitForNextTickAsync();
            running.Add(CheckHealthAsync(http, server, health));
            running.AddRange(Enumerable.Range(0, (int)(perSecond * Tick.TotalSeconds)).Select(async _ =>
            {
                using var receiver = await Receiver.ConnectAsync(server.Client);
                Interlocked.Increment(ref connected);
            }));
        }

        await Task.WhenAll(running);
        return (connected, TimeProvider.System.GetElapsedTime(started));
    }

    private static async Task CheckHealthAsync(HttpClient http, ServerProcess server, Delays health)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var response = await http.GetAsync(new Uri(server.Endpoint, "/api/health"));
        health.Add(TimeProvider.System.GetElapsedTime(started));
    }
}
