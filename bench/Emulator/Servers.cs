using Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EmulatorBench;

/// <summary>The servers under test. They print their address, then answer each line of standard input with their memory after a full collection.</summary>
internal static class Servers
{
    public const string Emulator = "emulator";
    public const string BareBatched = "bare-batched";
    public const string BareSendAsync = "bare-sendasync";

    public static async Task<int> RunAsync(string kind)
    {
        await using var server = kind is Emulator ? await StartEmulatorAsync() : await StartBareAsync(kind);
        while (await Console.In.ReadLineAsync() is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }

        return 0;
    }

    private static async Task<IAsyncDisposable> StartEmulatorAsync()
    {
        var emulator = await WebPubSubEmulator.StartAsync();
        Console.WriteLine(emulator.Endpoint);
        Console.WriteLine(emulator.GetClientAccessUri("bench", groups: ["g"]));
        return emulator;
    }

    private static async Task<IAsyncDisposable> StartBareAsync(string kind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseWebSockets();
        var loop = new BareLoop(isBatched: kind is BareBatched);
        app.Run(loop.HandleAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        Console.WriteLine(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal));
        return app;
    }
}
