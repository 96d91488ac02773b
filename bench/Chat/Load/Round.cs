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
        CpuTimes before = CpuTimes.Read(app, storage);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(worker => Task.Run(() => WorkAsync(worker))));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        CpuTimes used = CpuTimes.Read(app, storage) - before;

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
}
