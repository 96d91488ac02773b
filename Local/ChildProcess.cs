using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessChat.Local;

/// <summary>A program that runs as long as this one. Its output goes to a file of its own.</summary>
internal abstract partial class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly int _stopSignal;

    /// <param name="name">For people.</param>
    /// <param name="start">Not started yet.</param>
    /// <param name="logFile">Written anew each time.</param>
    /// <param name="stopSignal">The signal that asks the program to end in good order, on Unix.</param>
    protected ChildProcess(string name, ProcessStartInfo start, string logFile, int stopSignal)
    {
        Name = name;
        LogFile = logFile;
        _stopSignal = stopSignal;
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        _log = new StreamWriter(logFile) { AutoFlush = true };
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            _process = Process.Start(start) ?? throw new LocalException($"{name} did not start.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new LocalException($"{name} did not start: {start.FileName}: {missing.Message}");
        }

        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public string LogFile { get; }

    /// <summary>How it ended, for people, with the last of what it said.</summary>
    public string Ending => $"{Name} ended by itself with exit code {_process.ExitCode}; the whole is in {LogFile}\n{LastLines()}";

    /// <summary>An address that answers anything at all once the program is up.</summary>
    protected abstract Uri ReadyAddress { get; }

    /// <summary>The first of the children to end by itself; null when this program is being stopped.</summary>
    public static async Task<ChildProcess?> FirstToEndAsync(ChildProcess[] children, CancellationToken cancellationToken)
    {
        try
        {
            Task first = await Task.WhenAny(children.Select(c => c._process.WaitForExitAsync(cancellationToken)));
            await first;

            // Ctrl-C in a terminal goes to the children too, and they may be faster to see it.
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
            return children.First(c => c._process.HasExited);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <exception cref="LocalException">It ended, or took too long.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync(cancellationToken);
                throw new LocalException(Ending);
            }

            if (Stopwatch.GetElapsedTime(start) > ReadyLimit)
            {
                throw new LocalException($"{Name} does not answer at {ReadyAddress} after {ReadyLimit.TotalSeconds} s; see {LogFile}\n{LastLines()}");
            }
        }
    }

    /// <summary>Asks it to end, and ends it when it doesn't.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                AskToEnd();
                await _process.WaitForExitAsync().WaitAsync(StopLimit, TimeProvider.System);
            }
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync($"Local: {Name} did not end in time and was ended.");
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(); // Also for the rest of its output.
        _process.Dispose();
        await _log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await Http.GetAsync(address, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private Task<bool> AnswersAsync(CancellationToken cancellationToken) => AnswersAsync(ReadyAddress, cancellationToken);

    // Windows has no signals. There Ctrl-C reaches the children by themselves; else they are ended.
    private void AskToEnd()
    {
        if (OperatingSystem.IsWindows() || SendSignal(_process.Id, _stopSignal) != 0)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lock (_log)
            {
                _log.WriteLine(line.Data);
            }
        }
    }

    private string LastLines()
    {
        using var file = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(10));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
