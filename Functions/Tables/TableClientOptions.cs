using Azure.Core;

namespace ServerlessChat.Tables;

/// <summary>How the client behaves. Bounds are checked when a client is made.</summary>
/// <remarks>
/// <para><see cref="ClientOptions.Retry"/>: <c>MaxRetries</c> 4 (0 to 10); <c>Delay</c> 100 ms (1 ms to 10 s), doubled each
/// time, with jitter; <c>MaxDelay</c> 5 s (<c>Delay</c> to 60 s); <c>NetworkTimeout</c> 10 s for each attempt (100 ms to 5 min).
/// A <c>Retry-After</c> longer than <c>MaxDelay</c> ends the retries: nobody waits so long for a page.</para>
/// <para>Azure.Core's request logging and tracing are off, because URLs carry keys. Turn them on in <see cref="ClientOptions.Diagnostics"/>.</para>
/// </remarks>
public sealed class TableClientOptions : ClientOptions
{
    public TableClientOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 4;
        Retry.Delay = TimeSpan.FromMilliseconds(100);
        Retry.MaxDelay = TimeSpan.FromSeconds(5);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        Diagnostics.IsLoggingEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
#if DEBUG
        RefuseScans = true;
#endif
    }

    /// <summary>
    /// Creates a table when a request finds it missing, and sends the request again: no start waits for tables. Default true.
    /// </summary>
    public bool CreateMissingTables { get; set; } = true;

    /// <summary>
    /// Throws <see cref="InvalidOperationException"/> for a query whose filter is not a range of row keys inside one partition
    /// (<c>PartitionKey eq '…' [and RowKey ge '…' and RowKey lt '…']</c>): anything else reads rows that it doesn't return, and its
    /// cost grows with the table. Default true in debug builds, false in release builds, where slow is better than down.
    /// </summary>
    public bool RefuseScans { get; set; }

    internal void Validate()
    {
        Check(Retry.MaxRetries is >= 0 and <= 10, "Retry.MaxRetries", "0 to 10");
        Check(IsBetween(Retry.Delay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)), "Retry.Delay", "1 ms to 10 s");
        Check(IsBetween(Retry.MaxDelay, Retry.Delay, TimeSpan.FromSeconds(60)), "Retry.MaxDelay", "Retry.Delay to 60 s");
        Check(IsBetween(Retry.NetworkTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)), "Retry.NetworkTimeout", "100 ms to 5 min");
    }

    private static bool IsBetween(TimeSpan value, TimeSpan least, TimeSpan most) => value >= least && value <= most;

    private static void Check(bool isValid, string name, string bounds)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, $"{nameof(TableClientOptions)}: {name} must be {bounds}.");
        }
    }
}
