using System.Diagnostics;

namespace ServerlessChat.Bench.Processes;

/// <summary>A fresh, empty Table Storage in memory, in a process of its own.</summary>
internal sealed class Storage : IAsyncDisposable
{
    private const string Account = "bench";
    private const string Key = "YmVuY2g="; // Of an account that lives as long as its process.

    private readonly int _port;

    private Storage(ChildProcess process, int port)
    {
        Process = process;
        _port = port;
    }

    public ChildProcess Process { get; }

    public string ConnectionString => $"AccountName={Account};AccountKey={Key};TableEndpoint=http://127.0.0.1:{_port}/{Account}";

    public static async Task<Storage> StartAsync(StorageKind kind, CancellationToken cancellationToken)
    {
        int port = Ports.Free();
        ChildProcess process = ChildProcess.Start(kind == StorageKind.Stub ? "The storage stub" : "Azurite", kind == StorageKind.Stub ? Stub(port) : Azurite(port));
        try
        {
            await process.WaitUntilListeningAsync(port, cancellationToken);
            return new Storage(process, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    // This program again, however it was started.
    private static ProcessStartInfo Stub(int port)
    {
        string program = Environment.ProcessPath!;
        bool isHost = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = ["stub", "--port", $"{port}"];
        return new ProcessStartInfo(program, isHost ? [typeof(Storage).Assembly.Location, .. arguments] : arguments);
    }

    private static ProcessStartInfo Azurite(int port)
    {
        string script = Path.Combine(Repository.Root, "tools", "node_modules", "azurite", "dist", "src", "table", "main.js");
        if (!File.Exists(script))
        {
            throw new BenchException("Azurite is not there: npm ci --prefix tools");
        }

        var start = new ProcessStartInfo(
            "node",
            [
                script, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--silent",
                "--disableTelemetry", "--tableKeepAliveTimeout", "60",
            ]);
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Key}";
        return start;
    }
}
