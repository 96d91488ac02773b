using System.Globalization;

namespace ServerlessChat.Bench.Load;

/// <summary>Rounds as a table in Markdown, the medians last.</summary>
internal static class RoundTable
{
    public static void Write(string title, string unit, IReadOnlyList<Round> rounds)
    {
        Console.WriteLine($"\n{title}\nLoad average: {Machine.LoadAverage}; {Environment.ProcessorCount} processors.\n");
        Console.WriteLine($"| round | requests | {unit}/s | p50 ms | p99 ms | CPU ms/request: function app | storage | load generator |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < rounds.Count; i++)
        {
            Write($"{i + 1}", rounds[i]);
        }

        Write("median", new Round(
            (int)Statistics.Median(rounds.Select(r => (double)r.Requests)),
            Statistics.Median(rounds.Select(r => r.PerSecond)),
            Statistics.Median(rounds.Select(r => r.P50)),
            Statistics.Median(rounds.Select(r => r.P99)),
            Statistics.Median(rounds.Select(r => r.AppCpu)),
            Statistics.Median(rounds.Select(r => r.StorageCpu)),
            Statistics.Median(rounds.Select(r => r.LoadCpu))));
    }

    private static void Write(string name, Round round) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {round.Requests} | {round.PerSecond:F0} | {round.P50:F1} | {round.P99:F1} | {round.AppCpu:F3} | {round.StorageCpu:F3} | {round.LoadCpu:F3} |"));
}
