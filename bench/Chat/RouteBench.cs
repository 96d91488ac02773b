using System.Globalization;
using ServerlessChat.Bench.Load;

namespace ServerlessChat.Bench;

/// <summary>What a request of each route costs the function app's processor, and what the process holds in memory.</summary>
internal static class RouteBench
{
    private const string Slug = "دوستان-ما";
    private const int Warm = 100;

    public static async Task RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        arguments.RequireKnown("requests", "rounds", "storage", "app", "emulator");
        int requests = arguments.Number("requests", 500, 100, 100_000);
        var options = new LoadOptions(Workers: 2, Groups: 1, Seconds: 1, arguments.Number("rounds", 3, 1, 100), requests, arguments.Storage(), arguments.Text("app"));
        await using Load.Bench bench = await Load.Bench.StartAsync(options, cancellationToken, arguments.Text("emulator"), hasSockets: true);
        var calls = new RouteCalls(bench, Slug);
        await bench.CreateGroupAsync(Slug, [0, 1], cancellationToken);
        Route[] routes = calls.All();
        foreach (Route route in routes)
        {
            await route.CallAsync(0, cancellationToken);
        }

        Console.WriteLine($"\nResident after each route's first request: {Resident(bench):F0} MiB; load average {Machine.LoadAverage}.\n");
        Console.WriteLine("| route | CPU ms/request |\n|---|---|");
        int number = 1;
        foreach (Route route in routes)
        {
            var rounds = new List<double>();
            for (int round = 0; round <= options.Rounds; round++)
            {
                double cpu = await MeasureAsync(round == 0 ? Warm : requests);
                if (round > 0)
                {
                    rounds.Add(cpu);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {route.Name} | {Statistics.Median(rounds):F2} |"));

            async Task<double> MeasureAsync(int count)
            {
                TimeSpan before = bench.App.Process.CpuTime;
                for (int i = 0; i < count; i++)
                {
                    await route.CallAsync(number++, cancellationToken);
                }

                return (bench.App.Process.CpuTime - before).TotalMilliseconds / count;
            }
        }

        Console.WriteLine($"\nResident at the end: {Resident(bench):F0} MiB; load average {Machine.LoadAverage}.");
    }

    private static double Resident(Load.Bench bench) => bench.App.Process.WorkingSet / (1024.0 * 1024);
}
