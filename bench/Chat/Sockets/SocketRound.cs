using System.Diagnostics;
using ServerlessChat.Bench.Load;

namespace ServerlessChat.Bench.Sockets;

/// <summary>What one round cost. Latency in milliseconds, from the send to the last receiver; CPU in milliseconds of user and system time.</summary>
internal sealed record SocketRound(int Messages, double PerSecond, int Receivers, double P50, double P99, double Max, CpuTimes Cpu, string LoadAverage)
{
    /// <summary>How long what was sent may take to arrive after the round.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public double PerMessage(Func<CpuTimes, TimeSpan> process) => process(Cpu).TotalMilliseconds / Messages;

    public double PerThousandDeliveries(Func<CpuTimes, TimeSpan> process) => PerMessage(process) * 1000 / Receivers;

    /// <exception cref="BenchException">Something was refused, lost, or out of order.</exception>
    public static async Task<SocketRound> RunAsync(Load.Bench bench, Crowd crowd, Ledger ledger, SocketOptions options, CancellationToken cancellationToken)
    {
        var before = CpuTimes.Read(bench.App, bench.Storage, bench.Emulator);
        long start = Stopwatch.GetTimestamp();
        var length = TimeSpan.FromSeconds(options.Load.Seconds);
        await (options.Rate is { } rate
            ? OpenLoop.RunAsync(crowd.Senders, rate, start, length, cancellationToken)
            : ClosedAsync(crowd, ledger, length, cancellationToken));
        ledger.Seal();
        await WaitAsync(ledger, cancellationToken);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        CpuTimes used = CpuTimes.Read(bench.App, bench.Storage, bench.Emulator) - before;

        List<double> latencies = ledger.Latencies();
        return new SocketRound(
            ledger.Sent,
            ledger.Sent / elapsed.TotalSeconds,
            options.Receivers,
            Statistics.Quantile(latencies, 0.5),
            Statistics.Quantile(latencies, 0.99),
            latencies[^1],
            used,
            Machine.LoadAverage);
    }

    /// <summary>Begins; every sender sends on by itself.</summary>
    private static async Task ClosedAsync(Crowd crowd, Ledger ledger, TimeSpan length, CancellationToken cancellationToken)
    {
        foreach (Sender sender in crowd.Senders)
        {
            sender.TrySend(Stopwatch.GetTimestamp());
        }

        await Task.WhenAny(ledger.Whole, Task.Delay(length, TimeProvider.System, cancellationToken));
    }

    private static async Task WaitAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.Whole.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BenchException($"Of {ledger.Sent} messages not every one has come to everybody after {Patience.TotalSeconds} s.");
        }
    }
}
