namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>Keeps one worker running: starts it again when it ended with an error or asked for it, and gives up where the host does.</summary>
internal sealed class WorkerKeeper : IAsyncDisposable
{
    /// <summary>What the host takes for "start me again".</summary>
    private const int RestartCode = 200;

    /// <summary>In half an hour; more than any test takes.</summary>
    private const int ErrorsToGiveUp = 3;

    private static readonly TimeSpan InitializationTimeout = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Func<Worker> _start;
    private readonly Task _keeping;

    private volatile TaskCompletionSource<bool> _ready = NewReady();

    private WorkerKeeper(Uri address, Func<Worker> start)
    {
        Address = address;
        _start = start;
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Of every worker in turn.</summary>
    public Uri Address { get; }

    /// <summary>Null before the first one runs.</summary>
    public Worker? Current { get; private set; }

    /// <summary>Processes so far.</summary>
    public int Started { get; private set; }

    public static WorkerKeeper Start(ScriptRoot root, IReadOnlyDictionary<string, string> settings, Action<string> output, Action<string> error)
    {
        int port = FreePorts.Next();
        return new WorkerKeeper(new Uri($"http://127.0.0.1:{port}/"), () => Worker.Start(root, port, settings, output, error));
    }

    /// <summary>Waits while the worker starts.</summary>
    /// <returns>False when there will be none: it took too long, ended with 0 for "done", or failed too often.</returns>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ready.Task.WaitAsync(4 * InitializationTimeout, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _client.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource<bool> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task KeepAsync()
    {
        try
        {
            for (int errors = 0; errors < ErrorsToGiveUp;)
            {
                int code = await RunAsync();
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

        _ready.TrySetResult(false);
    }

    /// <returns>The exit code.</returns>
    private async Task<int> RunAsync()
    {
        await using Worker worker = _start();
        (Current, Started) = (worker, Started + 1);
        if (await worker.IsReadyAsync(_client, Address, _stop.Token))
        {
            _ready.TrySetResult(true);
        }

        int code = await worker.WaitForExitAsync(_stop.Token);
        if (_ready.Task.IsCompleted)
        {
            _ready = NewReady();
        }

        return code;
    }
}
