using System.Diagnostics;

namespace ServerlessChat.Bench.Processes;

/// <summary>A program that ends with the benchmark.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    private ChildProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>User and system time so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident set, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The last of what it wrote, for a message about its end.</summary>
    public string LastLines
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <exception cref="BenchException">The program is not there.</exception>
    public static ChildProcess Start(string name, ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            return new ChildProcess(name, Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BenchException($"{name} did not start: {e.Message}");
        }
    }

    /// <exception cref="BenchException">It failed.</exception>
    public async Task WaitForSuccessAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
        {
            throw new BenchException($"{Name} ended with exit code {_process.ExitCode}:\n{LastLines}");
        }
    }

    /// <summary>Waits until a server answers at all.</summary>
    /// <exception cref="BenchException">It ended, or took over a minute.</exception>
    public async Task WaitUntilListeningAsync(int port, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await Ports.IsOpenAsync(port, cancellationToken))
        {
            if (HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(1))
            {
                throw new BenchException($"{Name} does not listen on port {port}:\n{LastLines}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line.Data);
            if (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
            }
        }
    }
}
