using Azure;

namespace ServerlessChat.Tables;

/// <summary>
/// A transaction that the service refused: none of its operations was carried out. That is certain unless the status is 408 or 5xx, or
/// <see cref="TableRequestFailedException.WasRetried"/>. One that got no answer at all is a <see cref="TableRequestFailedException"/> of status 0.
/// </summary>
public sealed class TableTransactionFailedException : TableRequestFailedException
{
    public TableTransactionFailedException(RequestFailedException inner, int? failedIndex, bool wasRetried = false)
        : base(inner.Status, inner.Message, inner.ErrorCode, inner, wasRetried) => FailedTransactionActionIndex = failedIndex;

    /// <summary>The operation that failed, from zero; null when it was the transaction as a whole.</summary>
    public int? FailedTransactionActionIndex { get; }
}
