namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>Keeps one worker running: starts it again when it ended with an error or asked for it, and gives up where the host does.</summary>
/// <remarks>Whatever goes wrong here is told to those who call: else they would wait for a worker that nobody will start any more.</remarks>
internal sealed class WorkerKeeper : IAsyncDisposable
{
    /// <summary>What the host takes for "start me again".</summary>
    private const int RestartCode = 200;

    /// <summary>In half an hour; more than any test takes.</summary>
    private const int ErrorsToGiveUp = 3;

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly Func<Worker> _start;
    private readonly HostLimits _limits;
    private readonly Task _keeping;

    private volatile TaskCompletionSource<string?> _ready = NewReady();

    private WorkerKeeper(Uri address, Func<Worker> start, HostLimits limits, LastLines last)
    {
        (Address, _start, _limits, Last) = (address, start, limits, last);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = limits.Probe };
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Of every worker in turn.</summary>
    public Uri Address { get; }

    /// <summary>Null before the first one runs.</summary>
    public Worker? Current { get; private set; }

    /// <summary>Processes so far.</summary>
    public int Started { get; private set; }

    /// <summary>What they wrote last.</summary>
    public LastLines Last { get; }

    public static WorkerKeeper Start(ScriptRoot root, IReadOnlyDictionary<string, string> settings, WorkerOutput output, HostLimits limits)
    {
        int port = FreePorts.Next();
        return new WorkerKeeper(new Uri($"http://127.0.0.1:{port}/"), () => Worker.Start(root, port, settings, output, limits), limits, output.Last);
    }

    /// <summary>Waits while the worker starts.</summary>
    /// <returns>Null when it is there; else why it is not: it took too long, ended with 0 for "done", or failed too often.</returns>
    public async Task<string?> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ready.Task.WaitAsync(_limits.Caller, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"Waited {_limits.Caller.TotalSeconds} s for process {Started}, which is to answer at {Address}. {Last}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _keeping.WaitAsync(2 * _limits.Stop, TimeProvider.System);
        }
        finally
        {
            _client.Dispose();
            _stop.Dispose();
        }
    }

    private static TaskCompletionSource<string?> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task KeepAsync()
    {
        string why = "It was stopped.";
        try
        {
            for (int errors = 0; errors < ErrorsToGiveUp;)
            {
                (int? code, why) = await TryRunAsync();
                if (code == 0)
                {
                    break;
                }

                errors += code == RestartCode ? 0 : 1;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
        finally
        {
            _ready.TrySetResult(why);
        }
    }

    /// <returns>The exit code, or null when it was not there in time or could not even be started; and the same in words.</returns>
    private async Task<(int? Code, string Why)> TryRunAsync()
    {
        try
        {
            int code = await RunAsync();
            return (code, $"The program ended with {code}. {Last}");
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            return (null, e.Message);
        }
    }

    /// <returns>The exit code.</returns>
    private async Task<int> RunAsync()
    {
        await using Worker worker = _start();
        (Current, Started) = (worker, Started + 1);
        if (await worker.IsReadyAsync(_client, Address, _stop.Token))
        {
            _ready.TrySetResult(null);
        }

        int code = await worker.WaitForExitAsync(_stop.Token);
        if (_ready.Task.IsCompleted)
        {
            _ready = NewReady();
        }

        return code;
    }
}
