using System.Globalization;
using ServerlessChat.Bench.Load;

namespace ServerlessChat.Bench.Sockets;

/// <summary>Rounds as a table in Markdown, the medians last.</summary>
internal static class SocketTable
{
    private static readonly Func<CpuTimes, TimeSpan>[] Processes = [cpu => cpu.App, cpu => cpu.Emulator, cpu => cpu.Storage, cpu => cpu.Load];

    /// <param name="isClosed">Whether what it could do is a figure; in an open loop it does what it is told.</param>
    public static void Write(string title, bool isClosed, IReadOnlyList<SocketRound> rounds)
    {
        Console.WriteLine($"\n{title}\n{Environment.ProcessorCount} processors. CPU of function app + emulator + storage + load generator.\n");
        Console.WriteLine($"| round | messages |{(isClosed ? " messages/s | deliveries/s |" : "")} p50 ms | p99 ms | max ms | CPU ms/message | CPU ms/1,000 deliveries | load average |");
        Console.WriteLine($"|---|---|{(isClosed ? "---|---|" : "")}---|---|---|---|---|---|");
        for (int i = 0; i < rounds.Count; i++)
        {
            SocketRound only = rounds[i];
            Write($"{i + 1}", isClosed, [only], only.LoadAverage);
        }

        Write("median", isClosed, rounds, "");
    }

    private static void Write(string name, bool isClosed, IReadOnlyList<SocketRound> rounds, string loadAverage)
    {
        double Median(Func<SocketRound, double> figure) => Statistics.Median(rounds.Select(figure));
        string Cpu(Func<SocketRound, Func<CpuTimes, TimeSpan>, double> figure, string format) =>
            string.Join(" + ", Processes.Select(process => Median(round => figure(round, process)).ToString(format, CultureInfo.InvariantCulture)));

        string speed = isClosed ? string.Create(CultureInfo.InvariantCulture, $" {Median(r => r.PerSecond):F0} | {Median(r => r.PerSecond * r.Receivers):N0} |") : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median(r => r.Messages):F0} |{speed} {Median(r => r.P50):F1} | {Median(r => r.P99):F1} | {Median(r => r.Max):F1} | {Cpu((r, p) => r.PerMessage(p), "F2")} | {Cpu((r, p) => r.PerThousandDeliveries(p), "F1")} | {loadAverage} |"));
    }
}
