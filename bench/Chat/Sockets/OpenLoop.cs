using System.Diagnostics;

namespace ServerlessChat.Bench.Sockets;

/// <summary>Sends at fixed times, the senders in turn, whatever comes back; a message that is sent late is late from its time on.</summary>
internal static class OpenLoop
{
    // Timers are no finer; the rest of the time the thread gives way to others.
    private static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(2);

    public static async Task RunAsync(IReadOnlyList<Sender> senders, int rate, long start, TimeSpan length, CancellationToken cancellationToken)
    {
        for (int i = 0; i < rate * length.TotalSeconds; i++)
        {
            long due = start + (i * Stopwatch.Frequency / rate);
            await WaitUntilAsync(due, cancellationToken);
            if (!senders[i % senders.Count].TrySend(due))
            {
                return;
            }
        }
    }

    private static async Task WaitUntilAsync(long due, CancellationToken cancellationToken)
    {
        TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left > Finest)
        {
            await Task.Delay(left - Finest, TimeProvider.System, cancellationToken);
        }

        while (Stopwatch.GetTimestamp() < due)
        {
            Thread.Yield();
        }
    }
}
