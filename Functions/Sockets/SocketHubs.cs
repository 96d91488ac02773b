using Azure;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using ServerlessChat.Hosting;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Sockets;

/// <summary>The hubs, and calls to them that never fail and never take long.</summary>
/// <remarks>
/// A call ends after <see cref="WebPubSubOptions.SendTimeout"/>. When the service does not answer, the next calls are given up at once for
/// <see cref="Break"/>: else the senders of a busy group would wait for each other's time limits.
/// </remarks>
public sealed partial class SocketHubs : IDisposable
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(2);

    /// <summary>Calls for signals at a time. The rest waits its turn, no longer than a call may take.</summary>
    private const int MaxSignals = 32;

    private readonly Dictionary<string, WebPubSubServiceClient>? _hubs;
    private readonly ResiliencePipeline _calls;
    private readonly ResiliencePipeline _signals;
    private readonly SemaphoreSlim _signalTurns = new(MaxSignals);
    private readonly TimeSpan _patience;
    private readonly ILogger<SocketHubs> _logger;

    public SocketHubs(WebPubSubConnector connector, IOptions<WebPubSubOptions> options, TimeProvider time, ILogger<SocketHubs> logger)
    {
        _logger = logger;
        _hubs = connector.ToHub is { } connect ? Channel.All.ToDictionary(name => name, connect, StringComparer.Ordinal) : null;
        _calls = Build(options.Value, time);
        _signals = Build(options.Value, time);
        _patience = options.Value.SendTimeout;
    }

    private static ResiliencePipeline Build(WebPubSubOptions options, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = Break,
                ShouldHandle = static outcome => ValueTask.FromResult(IsNoAnswer(outcome.Outcome.Exception)),
            })
            .AddTimeout(options.SendTimeout)
            .Build();

    /// <summary>Whether there is a Web PubSub; without one, no hub can be asked for.</summary>
    public bool IsConfigured => _hubs is not null;

    public WebPubSubServiceClient Group => Of(Channel.Group);

    public WebPubSubServiceClient Private => Of(Channel.Private);

    public WebPubSubServiceClient Notifications => Of(Channel.Notifications);

    /// <param name="channel">One of <see cref="Channel"/>.</param>
    public WebPubSubServiceClient Of(string channel) => _hubs?[channel] ?? throw new InvalidOperationException("No Web PubSub is configured.");

    /// <summary>Makes a call. False: it failed or was given up; that is logged.</summary>
    /// <param name="what">What was to be done, for the log.</param>
    public Task<bool> TryAsync(string what, Func<RequestContext, Task<Response>> call) => RunAsync(_calls, what, call);

    /// <summary>The same for what may be lost: who types, reads, comes and goes, and the questions about it. However many there are, and however they fare, messages go their own way.</summary>
    public async Task<bool> TrySignalAsync(string what, Func<RequestContext, Task<Response>> call)
    {
        if (!await _signalTurns.WaitAsync(_patience)) // No fault of the service: its circuit breaker hears nothing of it.
        {
            Log.GivenUp(_logger, what);
            return false;
        }

        try
        {
            return await RunAsync(_signals, what, call);
        }
        finally
        {
            _signalTurns.Release();
        }
    }

    private async Task<bool> RunAsync(ResiliencePipeline pipeline, string what, Func<RequestContext, Task<Response>> call)
    {
        try
        {
            await pipeline.ExecuteAsync(
                static async (work, token) => await work(new RequestContext { CancellationToken = token }), call, CancellationToken.None);
            return true;
        }
        catch (BrokenCircuitException)
        {
            Log.GivenUp(_logger, what);
        }
        catch (Exception failure) when (failure is RequestFailedException || IsNoAnswer(failure))
        {
            Log.Failed(_logger, failure, what);
        }

        return false;
    }

    public void Dispose() => _signalTurns.Dispose();

    private static bool IsNoAnswer(Exception? failure) =>
        failure is TimeoutRejectedException or OperationCanceledException || (failure is not null && StorageFailure.IsUnavailable(failure));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Web PubSub: {What} failed. What was stored is found by its id.")]
        public static partial void Failed(ILogger logger, Exception exception, string what);

        [LoggerMessage(2, LogLevel.Warning, "Web PubSub does not answer: {What} was given up at once.")]
        public static partial void GivenUp(ILogger logger, string what);
    }
}
