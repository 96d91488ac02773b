using Azure.Core;

namespace ServerlessChat.WebPubSub;

/// <summary>How the client behaves. Bounds are checked when a client is made.</summary>
/// <remarks>
/// <see cref="ClientOptions.Retry"/>: <c>MaxRetries</c> 2 (0 to 10); <c>Delay</c> 50 ms, doubled each time, with jitter; <c>MaxDelay</c> 1 s;
/// <c>NetworkTimeout</c> 2 s for each attempt (100 ms to 5 min). A send that is tried again may reach clients twice: frames carry ids, by which
/// they drop what they have. Azure.Core's request logging and tracing are off, because URLs carry names. Turn them on in <see cref="ClientOptions.Diagnostics"/>.
/// </remarks>
public sealed class WebPubSubServiceClientOptions : ClientOptions
{
    public WebPubSubServiceClientOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 2;
        Retry.Delay = TimeSpan.FromMilliseconds(50);
        Retry.MaxDelay = TimeSpan.FromSeconds(1);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(2);
        Diagnostics.IsLoggingEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
    }

    /// <summary>The clock that tokens are dated by. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate()
    {
        Check(Retry.MaxRetries is >= 0 and <= 10, "Retry.MaxRetries", "0 to 10");
        Check(
            Retry.NetworkTimeout >= TimeSpan.FromMilliseconds(100) && Retry.NetworkTimeout <= TimeSpan.FromMinutes(5),
            "Retry.NetworkTimeout",
            "100 ms to 5 min");
    }

    private static void Check(bool isValid, string name, string bounds)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, $"{nameof(WebPubSubServiceClientOptions)}: {name} must be {bounds}.");
        }
    }
}
