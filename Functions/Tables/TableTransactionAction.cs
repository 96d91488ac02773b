using Azure;

namespace ServerlessChat.Tables;

/// <param name="actionType">The operation.</param>
/// <param name="entity">The row; of a delete only its keys are used.</param>
/// <param name="etag">The version that an update or a delete demands; the default demands none, only that the row exists.</param>
public class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
{
    public TableTransactionActionType ActionType { get; } = actionType;

    public ITableEntity Entity { get; } = entity;

    public ETag ETag { get; } = etag;
}
