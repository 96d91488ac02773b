using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessChat.Tables.Wire;

/// <summary>
/// Azure.Core's retries (408, 429, 500, 502, 503, 504, lost connections, a try's time limit; exponential, with jitter,
/// at least <c>Retry-After</c>), except that a <c>Retry-After</c> over the longest delay is left to the caller.
/// </summary>
internal sealed class TableRetryPolicy(RetryOptions options, TimeProvider time)
    : RetryPolicy(options.MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(options.Delay, options.MaxDelay))
{
    private readonly TimeSpan _maxDelay = options.MaxDelay;

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        base.ShouldRetry(message, exception) && !AsksTooLong(message);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        await base.ShouldRetryAsync(message, exception) && !AsksTooLong(message);

    private bool AsksTooLong(HttpMessage message) =>
        message.HasResponse
        && message.Response.Headers.TryGetValue("Retry-After", out string? text)
        && RetryAfter(text) > _maxDelay;

    private TimeSpan RetryAfter(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until)
            ? until - time.GetUtcNow()
            : TimeSpan.Zero;
    }
}
