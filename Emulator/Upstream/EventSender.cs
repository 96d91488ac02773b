using Emulator.Live;

namespace Emulator.Upstream;

/// <summary>Sends events to webhooks and reads their answers, within the time limit.</summary>
internal sealed partial class EventSender(
    HttpClient http,
    EventRequest requests,
    AbuseProtection protection,
    ActivityLog activities,
    WebPubSubEmulatorOptions options,
    ILogger<EventSender> logger)
{
    /// <returns>Null when there is no answer: the handler did not allow this service, was not reached, was too slow or broke the protocol.</returns>
    public async Task<UpstreamAnswer?> SendAsync(EventHandlerOptions handler, EventMessage message, CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        var (answer, failure) = await TrySendAsync(handler, message, cancellationToken);
        var took = options.TimeProvider.GetElapsedTime(started).TotalMilliseconds;
        var outcome = failure ?? $"HTTP {answer!.Status}";
        activities.Add("webhook", message.Hub, message.ConnectionId, $"{message.TypePrefix}{message.Name}: {outcome}", message.LoggedBody.Span, took);
        if (answer is { Body.Length: > 0 })
        {
            activities.Add("webhook", message.Hub, message.ConnectionId, $"Answer to {message.Name}", answer.Body);
        }

        if (answer is not { IsSuccess: true })
        {
            Log.Failed(logger, message.Name, message.Hub, outcome);
        }

        return answer;
    }

    private async Task<(UpstreamAnswer? Answer, string? Failure)> TrySendAsync(
        EventHandlerOptions handler, EventMessage message, CancellationToken cancellationToken)
    {
        if (!await protection.IsAllowedAsync(handler, message.Hub))
        {
            return (null, "the handler's address does not allow events from this service");
        }

        using var timeout = new CancellationTokenSource(options.UpstreamTimeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = requests.Create(handler, message);
            using var response = await http.SendAsync(request, linked.Token);
            var answer = await UpstreamAnswer.ReadAsync(response, linked.Token);
            return (answer, answer is null ? "several ce-connectionState headers" : null);
        }
        catch (OperationCanceledException)
        {
            return (null, timeout.IsCancellationRequested ? "timeout" : "cancelled");
        }
        catch (HttpRequestException e)
        {
            return (null, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Event {EventName} of hub {Hub} failed: {Outcome}.")]
        public static partial void Failed(ILogger logger, string eventName, string hub, string outcome);
    }
}
