using System.Diagnostics;
using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench.Load;

/// <summary>What one round of a closed loop cost. CPU in milliseconds per request, user and system time of the whole process.</summary>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Round(int Requests, double PerSecond, double P50, double P99, double AppCpu, double StorageCpu, double LoadCpu)
{
    /// <summary>Each worker sends its next request when the last one is answered, until the time or the requests are used up.</summary>
    /// <param name="send">One request of the worker with this number.</param>
    public static async Task<Round> RunAsync(LoadOptions options, FunctionApp app, Storage storage, Func<int, Task> send)
    {
        var length = TimeSpan.FromSeconds(options.Seconds);
        int started = 0;
        var latencies = new List<double>[options.Workers];
        Cpu before = Cpu.Read(app, storage);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(worker => Task.Run(() => WorkAsync(worker))));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Cpu used = Cpu.Read(app, storage) - before;

        List<double> all = [.. latencies.SelectMany(own => own)];
        all.Sort();
        return new Round(
            all.Count,
            all.Count / elapsed.TotalSeconds,
            Statistics.Quantile(all, 0.5),
            Statistics.Quantile(all, 0.99),
            used.App.TotalMilliseconds / all.Count,
            used.Storage.TotalMilliseconds / all.Count,
            used.Load.TotalMilliseconds / all.Count);

        async Task WorkAsync(int worker)
        {
            List<double> own = latencies[worker] = [];
            while (Stopwatch.GetElapsedTime(start) < length && Interlocked.Increment(ref started) <= options.Requests)
            {
                long sent = Stopwatch.GetTimestamp();
                await send(worker);
                own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }

    private sealed record Cpu(TimeSpan App, TimeSpan Storage, TimeSpan Load)
    {
        public static Cpu operator -(Cpu later, Cpu earlier) =>
            new(later.App - earlier.App, later.Storage - earlier.Storage, later.Load - earlier.Load);

        public static Cpu Read(FunctionApp app, Storage storage) => new(app.Process.CpuTime, storage.Process.CpuTime, Environment.CpuUsage.TotalTime);
    }
}
