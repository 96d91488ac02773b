using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ServerlessChat.Tests.Azurite;

/// <summary>Azurite's tables on a free port, in memory. Ends with the test process, however that ends.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    // The child ends itself when its input does: when it is stopped, and also when the tests crash and can't stop it.
    private const string Launcher = "process.stdin.on('end', () => process.exit(0)).resume(); require(process.argv[1]);";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private AzuriteProcess(Process process, int port)
    {
        _process = process;
        Endpoint = $"http://127.0.0.1:{port}";
    }

    /// <summary>Without an account and without a slash at the end.</summary>
    public string Endpoint { get; }

    /// <param name="accounts">As in the variable AZURITE_ACCOUNTS: <c>name:key;name:key</c>.</param>
    public static async Task<AzuriteProcess> StartAsync(string accounts)
    {
        string script = await AzuriteInstallation.FindAsync();
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePorts.Next();
            AzuriteProcess azurite = new(Start(script, port, accounts), port);
            if (await azurite.IsReadyAsync(port))
            {
                return azurite;
            }

            // Where a port can't be kept, most likely somebody took it in between.
            await azurite.DisposeAsync();
            if (attempt == 3)
            {
                throw new InvalidOperationException($"Azurite didn't start: {script} on port {port}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(StopLimit, TimeProvider.System);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static Process Start(string script, int port, string accounts)
    {
        ProcessStartInfo start = new("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "-e", Launcher, script, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--silent",
            "--disableTelemetry", "--tableKeepAliveTimeout", "60",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AZURITE_ACCOUNTS"] = accounts;
        Process process = Start(start);

        // Read, or the child stops when the pipe is full.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Process Start(ProcessStartInfo start)
    {
        const string Message = "node didn't start. The tests need Node.js 20 or later on the PATH.";
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException(Message);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(Message, e);
        }
    }

    private async Task<bool> IsReadyAsync(int port)
    {
        long start = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(start) < StartLimit)
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        return false;
    }
}
