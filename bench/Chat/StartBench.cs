using System.Diagnostics;
using System.Globalization;
using ServerlessChat.Bench.Load;
using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench;

/// <summary>From process start to the first answer, as a new instance of the function app has it.</summary>
internal static class StartBench
{
    private const int LeastIterations = 10_000;

    private static readonly Case[] Cases =
    [
        new("GET /", PasswordIterations: null, (chat, stop) => chat.FrontPageAsync(stop)),
        new("login", PasswordIterations: null, (chat, stop) => chat.LoginAsync("default", stop)),
        new("login, 10,000 iterations", LeastIterations, (chat, stop) => chat.LoginAsync("least", stop)),
    ];

    public static async Task RunAsync(StartOptions options, CancellationToken cancellationToken)
    {
        var builds = new List<Publication>();
        try
        {
            await PublishAsync(options, builds, cancellationToken);
            await using Storage storage = await Storage.StartAsync(options.Storage, cancellationToken);
            await RegisterAsync(builds[0], storage, "default", iterations: null, cancellationToken);
            await RegisterAsync(builds[0], storage, "least", LeastIterations, cancellationToken);
            Write(options, await MeasureAsync(builds, storage, options.Runs, cancellationToken));
        }
        finally
        {
            builds.ForEach(build => build.Dispose());
        }
    }

    private static async Task PublishAsync(StartOptions options, List<Publication> builds, CancellationToken cancellationToken)
    {
        if (options.App is { } folders)
        {
            builds.AddRange(folders.Split(',').Select(folder => Publication.Existing(folder, isBare: false)));
        }
        else
        {
            builds.Add(await Publication.JitAsync(cancellationToken));
            builds.Add(await Publication.ReadyToRunAsync(cancellationToken));
            builds.Add(await Publication.UntrimmedAsync(cancellationToken));
            builds.Add(await Publication.PackageAsync(cancellationToken));
        }

        if (options.Bare is { } bare)
        {
            builds.AddRange(bare.Split(',').Select(folder => Publication.Existing(folder, isBare: true)));
        }
        else
        {
            builds.Add(await Publication.BareAsync(cancellationToken));
        }
    }

    /// <summary>Interleaved, so that what else the machine does meets all of them alike.</summary>
    private static async Task<Dictionary<(string Build, string Case), List<Start>>> MeasureAsync(
        List<Publication> builds, Storage storage, int runs, CancellationToken cancellationToken)
    {
        var starts = new Dictionary<(string Build, string Case), List<Start>>();
        for (int run = 0; run <= runs; run++)
        {
            foreach (Publication build in builds)
            {
                foreach (Case what in build.IsBare ? Cases[..1] : Cases)
                {
                    Start start = await StartAsync(build, storage, what, cancellationToken);
                    List<Start> own = starts.TryGetValue((build.Name, what.Name), out List<Start>? known) ? known : starts[(build.Name, what.Name)] = [];
                    if (run > 0)
                    {
                        own.Add(start); // The first one reads the files from disk.
                    }
                }
            }
        }

        return starts;
    }

    private static async Task RegisterAsync(Publication build, Storage storage, string username, int? iterations, CancellationToken cancellationToken)
    {
        await using FunctionApp app = await FunctionApp.StartAsync(build.Directory, storage, iterations, cancellationToken);
        using var chat = new ChatClient(app);
        await chat.RegisterAndLoginAsync(username, cancellationToken);
    }

    private static async Task<Start> StartAsync(Publication build, Storage storage, Case what, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        await using FunctionApp app = FunctionApp.Launch(build.Directory, storage, what.PasswordIterations, program: build.Program);
        using var chat = new ChatClient(app);
        while (!await TryAsync(what, chat, cancellationToken))
        {
            if (app.Process.HasExited)
            {
                throw new BenchException($"{build.Name} ended by itself:\n{app.Process.LastLines}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        return new Start(elapsed.TotalMilliseconds, app.Process.CpuTime.TotalMilliseconds, app.Process.WorkingSet / (1024.0 * 1024));
    }

    private static async Task<bool> TryAsync(Case what, ChatClient chat, CancellationToken cancellationToken)
    {
        try
        {
            await what.Ask(chat, cancellationToken);
            return true;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return false; // It does not listen yet.
        }
    }

    private static void Write(StartOptions options, Dictionary<(string Build, string Case), List<Start>> starts)
    {
        Console.WriteLine($"\nProcess start to the first 200: medians of {options.Runs}, interleaved; {options.Storage}.");
        Console.WriteLine($"Load average: {Machine.LoadAverage}; {Environment.ProcessorCount} processors.\n");
        Console.WriteLine("| build | first answer of | ms | least ms | CPU ms | resident MiB |\n|---|---|---|---|---|---|");
        foreach (((string build, string what), List<Start> own) in starts)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {build} | {what} | {Statistics.Median(own.Select(s => s.Elapsed)):F0} | {own.Min(s => s.Elapsed):F0} | {Statistics.Median(own.Select(s => s.Cpu)):F0} | {Statistics.Median(own.Select(s => s.Memory)):F0} |"));
        }
    }

    /// <param name="PasswordIterations">Null for the app's default.</param>
    private sealed record Case(string Name, int? PasswordIterations, Func<ChatClient, CancellationToken, Task> Ask);

    /// <summary>Milliseconds, milliseconds, MiB.</summary>
    private sealed record Start(double Elapsed, double Cpu, double Memory);
}
