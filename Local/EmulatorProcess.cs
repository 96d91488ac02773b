using System.Diagnostics;

namespace ServerlessChat.Local;

/// <summary>The emulator of Web PubSub as built beside this program, with the chat's hubs.</summary>
internal sealed class EmulatorProcess : ChildProcess
{
    private const int Terminate = 15;

    private static readonly string[] SystemEvents = ["connect", "connected", "disconnected"];

    private readonly LocalOptions _options;

    private EmulatorProcess(LocalOptions options, ProcessStartInfo start)
        : base("The emulator of Web PubSub", start, Path.Combine(options.LogDirectory, "emulator.log"), Terminate) => _options = options;

    protected override Uri ReadyAddress => new(_options.WebPubSub + "/api/health");

    public static EmulatorProcess Start(LocalOptions options)
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { options.FindProgram("Emulator") } };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("WebPubSub__", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited); // Settings of the function app have the same section.
        }

        start.Environment["WebPubSub__Url"] = options.WebPubSub;
        SetHub(start, options, "chat");
        SetHub(start, options, "private_chat");
        SetHub(start, options, "notifications");
        return new EmulatorProcess(options, start);
    }

    /// <summary>Anonymous clients may ask, because a direct connection has no token of Web PubSub's; who comes in is the function app's to say.</summary>
    private static void SetHub(ProcessStartInfo start, LocalOptions options, string hub)
    {
        string prefix = $"WebPubSub__Hubs__{hub}__";
        start.Environment[prefix + "AnonymousConnectPolicy"] = "allow";
        start.Environment[prefix + "EventHandlers__0__UrlTemplate"] = $"http://127.0.0.1:{options.FunctionsPort}/webpubsub/events";
        start.Environment[prefix + "EventHandlers__0__UserEventPattern"] = "*";
        for (int i = 0; i < SystemEvents.Length; i++)
        {
            start.Environment[$"{prefix}EventHandlers__0__SystemEvents__{i}"] = SystemEvents[i];
        }
    }
}
