using System.Diagnostics;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>The custom handler's process.</summary>
internal sealed class Worker : IAsyncDisposable
{
    /// <summary>What the app may inherit from the host, an ASP.NET Core app itself, and must not be led astray by.</summary>
    private static readonly (string Name, string Value)[] Inherited =
    [
        ("PATH", "/usr/bin:/bin"), // No .NET: the package brings its own.
        ("HOME", "/home"),
        ("ASPNETCORE_URLS", "http://*:80"),
        ("ASPNETCORE_HTTP_PORTS", "80"),
        ("WEBSITE_HOSTNAME", "chat.azurewebsites.example"),
        ("FUNCTIONS_EXTENSION_VERSION", "~4"),
    ];

    private readonly Process _process;
    private readonly HostLimits _limits;
    private readonly LastLines _last;

    private Worker(Process process, HostLimits limits, LastLines last)
    {
        (_process, _limits, _last) = (process, limits, last);
        Id = process.Id;
    }

    public int Id { get; }

    /// <param name="root">Where it runs.</param>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="settings">The app settings: the host hands all of its own environment on.</param>
    /// <param name="output">Takes each line of stdout and stderr.</param>
    /// <param name="limits">How long it is waited for.</param>
    public static Worker Start(ScriptRoot root, int port, IEnumerable<KeyValuePair<string, string>> settings, WorkerOutput output, HostLimits limits)
    {
        var start = new ProcessStartInfo(root.Program)
        {
            UseShellExecute = false,
            WorkingDirectory = root.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in Inherited.Concat(settings.Select(s => (s.Key, s.Value))))
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = $"{port}";
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = start.Environment["FUNCTIONS_HTTPWORKER_ID"] = Guid.NewGuid().ToString();
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = root.Folder;
        var worker = new Worker(Process.Start(start)!, limits, output.Last);
        output.Read(worker._process);
        return worker;
    }

    /// <summary>Asks for <c>/</c>, every 25 ms, until anything is answered at all.</summary>
    /// <returns>False when it ended before.</returns>
    /// <exception cref="TimeoutException">It took longer than the host waits.</exception>
    public async Task<bool> IsReadyAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        string last = "";
        while (!_process.HasExited)
        {
            try
            {
                using HttpResponseMessage any = await client.GetAsync(address, cancellationToken);
                return true;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Refused, cut off, or not answered: whatever it is, it is asked again.
                last = e.Message;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (TimeProvider.System.GetElapsedTime(start) > _limits.Initialization)
            {
                throw new TimeoutException($"Process {Id} did not answer at {address} within {_limits.Initialization.TotalSeconds} s: {last} {_last}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellationToken);
        }

        return false;
    }

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>As the host ends it: without a word.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <exception cref="TimeoutException">It did not end, or somebody who goes on has its output.</exception>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(_limits.Stop, TimeProvider.System); // And until all of its lines are read.
        }
        catch (TimeoutException e)
        {
            string what = _process.HasExited ? "The output of process {0} is still open" : "Process {0} is still there";
            throw new TimeoutException($"{string.Format(null, what, Id)} {_limits.Stop.TotalSeconds} s after its end was called for. {_last}", e);
        }
        finally
        {
            _process.Dispose();
        }
    }
}
