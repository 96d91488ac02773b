using System.Diagnostics;
using ServerlessChat.Tests.Hosting;

namespace ServerlessChat.Tests.Local;

/// <summary>The local run as a process, on free ports, with a data folder of the test.</summary>
internal sealed class LocalRun : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly Task<string> _errors;

    private LocalRun(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public List<string> Lines { get; } = [];

    /// <summary>What the last line says, once it is printed.</summary>
    public Uri Address => new(Lines[^1]["Ready: ".Length..]);

    /// <param name="arguments">None to run it all.</param>
    public static LocalRun Start(string dataDirectory, LocalPorts ports, params string[] arguments)
    {
        string program = Path.Combine(Repository.Root, "Local", "bin", Repository.Configuration, "net10.0", "Local.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DATA_DIR"] = dataDirectory;
        start.Environment["GATEWAY_PORT"] = $"{ports.Gateway}";
        start.Environment["FUNCTIONS_PORT"] = $"{ports.Functions}";
        start.Environment["EMULATOR_PORT"] = $"{ports.Emulator}";
        start.Environment["TABLES_PORT"] = $"{ports.Tables}";
        return new LocalRun(Process.Start(start)!);
    }

    public async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            Lines.Add(line);
            if (line.StartsWith("Ready: ", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"It ended before it was ready: {await _errors}");
    }

    public Task InterruptAsync() => Posix.InterruptAsync(_process.Id);

    public async Task<(int Code, string Errors)> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        return (_process.ExitCode, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}

/// <summary>Ports of a local run.</summary>
internal sealed record LocalPorts(int Gateway, int Functions, int Emulator, int Tables)
{
    public IEnumerable<int> All => [Gateway, Functions, Emulator, Tables];

    public static LocalPorts Free() => new(FreePorts.Next(), FreePorts.Next(), FreePorts.Next(), FreePorts.Next());
}
