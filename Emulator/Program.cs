using Emulator.Hubs;

namespace Emulator;

/// <summary>The emulator as a program: settings from <c>appsettings.json</c>, the environment and the command line.</summary>
internal static class Program
{
    // The vendor's own emulator listens here.
    private const string DefaultUrl = "http://localhost:8080";

    // Of the runtime, which reads it once, before the first socket.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static async Task Main(string[] args)
    {
        HandleWhereNoticed();
        var builder = EmulatorHost.CreateBuilder(args);
        var options = new WebPubSubEmulatorOptions { Url = DefaultUrl };
        builder.Configuration.GetSection("WebPubSub").Bind(options);
        await using var emulator = await WebPubSubEmulator.StartAsync(builder, options, CancellationToken.None);
        WriteBanner(emulator);
        await emulator.Stopped;
    }

    /// <summary>
    /// What arrives is handled by the thread that notices it. Nothing here blocks a thread, and to wake another for each of many small frames costs more
    /// than the frame. For this process alone: who hosts the emulator among other code decides for all of it.
    /// </summary>
    private static void HandleWhereNoticed() =>
        Environment.SetEnvironmentVariable(InlineCompletions, Environment.GetEnvironmentVariable(InlineCompletions) ?? "1");

    private static void WriteBanner(WebPubSubEmulator emulator)
    {
        Console.WriteLine($"Web PubSub emulator, live page at {emulator.Endpoint}");
        Console.WriteLine($"Connection string: {emulator.ConnectionString}");
        foreach (var hub in emulator.Services.GetRequiredService<HubRegistry>().All)
        {
            Console.WriteLine($"Hub {hub.Name}: {string.Join(", ", hub.Options.EventHandlers.Select(Describe))}");
        }
    }

    // Addresses of handlers may hold keys in their query.
    private static string Describe(EventHandlerOptions handler) =>
        $"{handler.UrlTemplate.Split('?')[0]} (user events: {handler.UserEventPattern ?? "none"}; system events: {string.Join(", ", handler.SystemEvents)})";
}
