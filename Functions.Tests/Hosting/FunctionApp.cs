using System.Diagnostics;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The built function app as a process of its own.</summary>
internal sealed class FunctionApp : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _lines = [];

    private FunctionApp(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Functions.dll in its own output folder, of the same configuration as the tests.</summary>
    public static string Program { get; } = Path.Combine(
        Repository.Root, "Functions", "bin", Repository.Configuration, "net10.0", "Functions.dll");

    /// <summary>What it wrote to stdout so far, line by line.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <param name="settings">Environment variables.</param>
    public static FunctionApp Start(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            ArgumentList = { Program },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        return new FunctionApp(Process.Start(start)!);
    }

    /// <summary>Reads on until a line holds the text.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without '{text}': {await _errors}");
    }

    public Task StopAsync() => Posix.TerminateAsync(_process.Id);

    public async Task<(int Code, string Errors)> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _lines.Add(line);
        }

        await _process.WaitForExitAsync(limit.Token);
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
