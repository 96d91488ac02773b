using Azure;

namespace ServerlessChat.Tables;

/// <summary>An operation that failed, with the service's status and code; status 0 when no answer came.</summary>
/// <remarks>
/// <para>The client refuses by itself what the service would refuse but an emulator accepts; then nothing was sent, and status
/// and code are those that the service answers.</para>
/// <para>After status 0, 408 or 5xx the write may or may not have happened.</para>
/// </remarks>
public class TableRequestFailedException : RequestFailedException
{
    public TableRequestFailedException(int status, string message, string? errorCode, Exception? innerException, bool wasRetried = false)
        : base(status, message, errorCode, innerException) => WasRetried = wasRetried;

    /// <summary>
    /// True when an earlier attempt of the same operation got no answer, or one that doesn't say whether it was carried out.
    /// A 404, 409 or 412 may then be the echo of the operation's own success: read the row before you believe the failure.
    /// </summary>
    /// <remarks>Single operations do that by themselves: an insert or an update whose row is found as it was sent counts as
    /// done. A transaction is the caller's to judge, who knows which of its rows is telling.</remarks>
    public bool WasRetried { get; }
}
