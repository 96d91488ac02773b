namespace ServerlessChat.Tables;

/// <summary>One operation of a transaction; the same as the methods of <see cref="TableClient"/>.</summary>
public enum TableTransactionActionType
{
    Add,
    UpdateMerge,
    UpdateReplace,
    Delete,
    UpsertMerge,
    UpsertReplace,
}
