using Azure;

namespace ServerlessChat.Hosting;

/// <summary>Tells storage that does not answer (503, try again) from a mistake of ours (500).</summary>
internal static class StorageFailure
{
    /// <summary>Asked once the retries are used up, and only about a caller who still waits: a cancellation then is a time limit of ours.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        AggregateException tries => tries.InnerExceptions.Any(IsUnavailable),
        OperationCanceledException or TimeoutException or HttpRequestException => true,
        _ => false,
    };
}
