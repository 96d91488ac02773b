using System.Diagnostics;
using System.Net.Sockets;

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

    private Worker(Process process, Action<string> output, Action<string> error)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Pass(line.Data, output);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, error);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <param name="root">Where it runs.</param>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="settings">The app settings: the host hands all of its own environment on.</param>
    /// <param name="output">Takes each line of stdout.</param>
    /// <param name="error">Takes each line of stderr.</param>
    public static Worker Start(ScriptRoot root, int port, IEnumerable<KeyValuePair<string, string>> settings, Action<string> output, Action<string> error)
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
        return new Worker(Process.Start(start)!, output, error);
    }

    /// <summary>Asks for <c>/</c> until anything is answered at all.</summary>
    /// <returns>False when it ended before.</returns>
    public async Task<bool> IsReadyAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        while (!_process.HasExited)
        {
            try
            {
                using HttpResponseMessage any = await client.GetAsync(address, cancellationToken);
                return true;
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellationToken);
            }
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

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        await _process.WaitForExitAsync(); // And until all of its lines are read.
        _process.Dispose();
    }

    private static void Pass(string? line, Action<string> take)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            take(line);
        }
    }
}
