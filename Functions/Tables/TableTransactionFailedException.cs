using Azure;

namespace ServerlessChat.Tables;

/// <summary>A transaction that failed: none of its operations was carried out, unless <see cref="TableRequestFailedException.WasRetried"/>.</summary>
public sealed class TableTransactionFailedException : TableRequestFailedException
{
    public TableTransactionFailedException(RequestFailedException inner, int? failedIndex, bool wasRetried = false)
        : base(inner.Status, inner.Message, inner.ErrorCode, inner, wasRetried) => FailedTransactionActionIndex = failedIndex;

    /// <summary>The operation that failed, from zero; null when it was the transaction as a whole.</summary>
    public int? FailedTransactionActionIndex { get; }
}
