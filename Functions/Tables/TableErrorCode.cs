namespace ServerlessChat.Tables;

/// <summary>
/// Values of <see cref="Azure.RequestFailedException.ErrorCode"/>: those that the app and this client decide on.
/// </summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes">Table service error codes</seealso>
public static class TableErrorCode
{
    public const string EntityAlreadyExists = "EntityAlreadyExists";
    public const string EntityTooLarge = "EntityTooLarge";
    public const string InvalidDuplicateRow = "InvalidDuplicateRow";
    public const string InvalidInput = "InvalidInput";
    public const string KeyValueTooLarge = "KeyValueTooLarge";
    public const string OutOfRangeInput = "OutOfRangeInput";
    public const string PropertiesNeedValue = "PropertiesNeedValue";
    public const string PropertyNameInvalid = "PropertyNameInvalid";
    public const string PropertyNameTooLong = "PropertyNameTooLong";
    public const string PropertyValueTooLarge = "PropertyValueTooLarge";
    public const string RequestBodyTooLarge = "RequestBodyTooLarge";
    public const string ResourceNotFound = "ResourceNotFound";
    public const string ServerBusy = "ServerBusy";
    public const string TableAlreadyExists = "TableAlreadyExists";
    public const string TableBeingDeleted = "TableBeingDeleted";
    public const string TableNotFound = "TableNotFound";
    public const string TooManyProperties = "TooManyProperties";
    public const string UpdateConditionNotSatisfied = "UpdateConditionNotSatisfied";

    /// <summary>A transaction names two partitions.</summary>
    public const string CommandsInBatchActOnDifferentPartitions = "CommandsInBatchActOnDifferentPartitions";
}
