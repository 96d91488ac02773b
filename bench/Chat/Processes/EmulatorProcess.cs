using System.Diagnostics;
using System.Security.Cryptography;

namespace ServerlessChat.Bench.Processes;

/// <summary>The published emulator of Web PubSub, its hubs wired to the function app as in the local run.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly string[] Hubs = ["chat", "private_chat", "notifications"];

    // Made anew by each run of the benchmark.
    private static readonly string AccessKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private readonly int _port;

    private EmulatorProcess(ChildProcess process, int port)
    {
        Process = process;
        _port = port;
    }

    public ChildProcess Process { get; }

    public string ConnectionString => $"Endpoint=http://127.0.0.1:{_port};AccessKey={AccessKey};Version=1.0;";

    /// <param name="directory">Where it was published to.</param>
    /// <param name="appPort">Where the function app will listen.</param>
    public static async Task<EmulatorProcess> StartAsync(string directory, int appPort, CancellationToken cancellationToken)
    {
        int port = Ports.Free();
        var start = new ProcessStartInfo(Path.Combine(directory, OperatingSystem.IsWindows() ? "Emulator.exe" : "Emulator"));
        start.Environment["DOTNET_ROOT"] = DotnetRoot.Path;
        start.Environment["WebPubSub__Url"] = $"http://127.0.0.1:{port}";
        start.Environment["WebPubSub__AccessKey"] = AccessKey;
        foreach (string hub in Hubs)
        {
            Wire(start.Environment, hub, appPort);
        }

        ChildProcess process = ChildProcess.Start("The emulator", start);
        try
        {
            await process.WaitUntilListeningAsync(port, cancellationToken);
            return new EmulatorProcess(process, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static void Wire(IDictionary<string, string?> environment, string hub, int appPort)
    {
        string prefix = $"WebPubSub__Hubs__{hub}__";
        environment[prefix + "AnonymousConnectPolicy"] = "allow";
        environment[prefix + "EventHandlers__0__UrlTemplate"] = $"http://127.0.0.1:{appPort}/webpubsub/events";
        environment[prefix + "EventHandlers__0__UserEventPattern"] = "*";
        environment[prefix + "EventHandlers__0__SystemEvents__0"] = "connect";
        environment[prefix + "EventHandlers__0__SystemEvents__1"] = "connected";
        environment[prefix + "EventHandlers__0__SystemEvents__2"] = "disconnected";
    }
}
