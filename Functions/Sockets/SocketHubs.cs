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
public sealed partial class SocketHubs
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, WebPubSubServiceClient>? _hubs;
    private readonly ResiliencePipeline _calls;
    private readonly ILogger<SocketHubs> _logger;

    public SocketHubs(WebPubSubConnector connector, IOptions<WebPubSubOptions> options, TimeProvider time, ILogger<SocketHubs> logger)
    {
        _logger = logger;
        _hubs = connector.ToHub is { } connect ? Channel.All.ToDictionary(name => name, connect, StringComparer.Ordinal) : null;
        _calls = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = Break,
                ShouldHandle = static outcome => ValueTask.FromResult(IsNoAnswer(outcome.Outcome.Exception)),
            })
            .AddTimeout(options.Value.SendTimeout)
            .Build();
    }

    /// <summary>Whether there is a Web PubSub; without one, no hub can be asked for.</summary>
    public bool IsConfigured => _hubs is not null;

    public WebPubSubServiceClient Group => Of(Channel.Group);

    public WebPubSubServiceClient Private => Of(Channel.Private);

    public WebPubSubServiceClient Notifications => Of(Channel.Notifications);

    /// <param name="channel">One of <see cref="Channel"/>.</param>
    public WebPubSubServiceClient Of(string channel) => _hubs?[channel] ?? throw new InvalidOperationException("No Web PubSub is configured.");

    /// <summary>Makes a call. False: it failed or was given up; that is logged.</summary>
    /// <param name="what">What was to be done, for the log.</param>
    public async Task<bool> TryAsync(string what, Func<RequestContext, Task<Response>> call)
    {
        try
        {
            await _calls.ExecuteAsync(
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
