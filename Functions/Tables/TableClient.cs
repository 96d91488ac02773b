using Azure;

namespace ServerlessChat.Tables;

public interface ITableEntity
{
    string PartitionKey { get; set; }

    string RowKey { get; set; }

    DateTimeOffset? Timestamp { get; set; }

    ETag ETag { get; set; }
}

public enum TableUpdateMode
{
    Merge,
    Replace,
}

public enum TableTransactionActionType
{
    Add,
    UpdateMerge,
    UpdateReplace,
    Delete,
    UpsertMerge,
    UpsertReplace,
}

public class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
{
    public TableTransactionActionType ActionType { get; } = actionType;

    public ITableEntity Entity { get; } = entity;

    public ETag ETag { get; } = etag;
}

public sealed class TableEntity(string partitionKey, string rowKey) : Dictionary<string, object?>(StringComparer.Ordinal), ITableEntity
{
    public TableEntity()
        : this("", "")
    {
    }

    public string PartitionKey { get; set; } = partitionKey;

    public string RowKey { get; set; } = rowKey;

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? GetString(string key) => (string?)this.GetValueOrDefault(key);

    public long? GetInt64(string key) => (long?)this.GetValueOrDefault(key);

    public int? GetInt32(string key) => (int?)this.GetValueOrDefault(key);

    public bool? GetBoolean(string key) => (bool?)this.GetValueOrDefault(key);

    public DateTimeOffset? GetDateTimeOffset(string key) => (DateTimeOffset?)this.GetValueOrDefault(key);
}

public sealed class TableTransactionFailedException(RequestFailedException inner, int? failedIndex)
    : RequestFailedException(inner.Status, inner.Message, inner.ErrorCode, inner)
{
    public int? FailedTransactionActionIndex { get; } = failedIndex;
}

public sealed class TableServiceClient
{
    public TableServiceClient(string connectionString) => _ = connectionString;

    public TableServiceClient(Uri endpoint, Azure.Core.TokenCredential credential) => _ = (endpoint, credential);

    public TableClient GetTableClient(string tableName) => new(tableName);
}

public sealed class TableClient(string name)
{
    public string Name { get; } = name;

    public Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => throw new NotSupportedException();

    public Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => throw new NotSupportedException();

    public Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => throw new NotSupportedException();

    public Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => throw new NotSupportedException();

    public Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => throw new NotSupportedException();

    public Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>An OData filter whose arguments are quoted and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => throw new NotSupportedException();
}
