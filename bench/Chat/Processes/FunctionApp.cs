using System.Diagnostics;
using System.Security.Cryptography;

namespace ServerlessChat.Bench.Processes;

/// <summary>The published function app, as the Functions host starts it: its own program, on a port of the environment, in Production.</summary>
internal sealed class FunctionApp : IAsyncDisposable
{
    // Made anew by each run of the benchmark.
    private static readonly string TokenKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private FunctionApp(ChildProcess process, int port)
    {
        Process = process;
        Port = port;
    }

    public ChildProcess Process { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Starts it and waits for nothing.</summary>
    /// <param name="directory">Where it was published to.</param>
    /// <param name="passwordIterations">Null for the app's default.</param>
    /// <param name="sockets">The emulator and the port that it sends events to; null for no sockets.</param>
    /// <param name="program">Its executable.</param>
    public static FunctionApp Launch(
        string directory, Storage storage, int? passwordIterations, (EmulatorProcess Emulator, int Port)? sockets = null, string program = "Functions")
    {
        int port = sockets?.Port ?? Ports.Free();
        var start = new ProcessStartInfo(Path.Combine(directory, OperatingSystem.IsWindows() ? $"{program}.exe" : program));
        start.Environment["DOTNET_ROOT"] = DotnetRoot.Path;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}";
        start.Environment["Tables__ConnectionString"] = storage.ConnectionString;
        start.Environment.Remove("Tables__ServiceUri");
        start.Environment["Tokens__Keys__0__Id"] = "bench";
        start.Environment["Tokens__Keys__0__Secret"] = TokenKey;
        start.Environment["Messages__SendsPerSecond"] = "100000"; // A few people send what thousands do.
        start.Environment["Messages__SendBurst"] = "1000000";
        start.Environment.Remove("WebPubSub__Endpoint");
        start.Environment["WebPubSub__ConnectionString"] = sockets?.Emulator.ConnectionString;
        if (passwordIterations is { } iterations)
        {
            start.Environment["Accounts__PasswordIterations"] = $"{iterations}";
        }

        return new FunctionApp(ChildProcess.Start("The function app", start), port);
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<FunctionApp> StartAsync(
        string directory, Storage storage, int? passwordIterations, CancellationToken cancellationToken, (EmulatorProcess Emulator, int Port)? sockets = null)
    {
        FunctionApp app = Launch(directory, storage, passwordIterations, sockets);
        try
        {
            await app.Process.WaitUntilListeningAsync(app.Port, cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
