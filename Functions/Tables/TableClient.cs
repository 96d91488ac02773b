using Azure;
using Azure.Core;
using ServerlessChat.Tables.Wire;

namespace ServerlessChat.Tables;

/// <summary>One table. Entities are <see cref="TableEntity"/>; another type throws <see cref="NotSupportedException"/>.</summary>
/// <remarks>
/// <para>Every method throws <see cref="TableRequestFailedException"/> when the service refuses, and when no answer comes (status 0).
/// Lost connections, 408, 429 and 5xx are retried first.</para>
/// <para>A write that is retried may meet its own first attempt. An insert or a conditional update then reads the row: found as it
/// was sent, the write counts as done. So rows for which two writers compete must differ in something, as an id.</para>
/// <para>The new ETag is in the response's headers.</para>
/// </remarks>
public sealed class TableClient
{
    private readonly TablePipeline _pipeline;
    private readonly BatchWriter _batches;

    internal TableClient(TablePipeline pipeline, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is < 3 or > 63 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A table's name must be 3 to 63 ASCII letters and digits, a letter first.", nameof(name));
        }

        Name = name;
        _pipeline = pipeline;
        _batches = new BatchWriter(pipeline.Endpoint, name);
    }

    public string Name { get; }

    /// <summary>Creates the table. Seldom needed: see <see cref="TableClientOptions.CreateMissingTables"/>.</summary>
    public async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        TableAnswer answer = await _pipeline.CreateTableAsync(Name, cancellationToken);
        return Response.FromValue(new TableItem(Name), answer.OrThrow());
    }

    /// <summary>Deletes the table and all its rows. One that doesn't exist is answered with status 404, which doesn't throw.</summary>
    public async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        TableRequest request = new(RequestMethod.Delete, $"/Tables('{Name}')", Table: null);
        TableAnswer answer = await _pipeline.SendAsync(request, cancellationToken);
        return answer.Response.Status == 404 ? answer.Response : answer.OrThrow();
    }

    /// <summary>Inserts the row. 409 <see cref="TableErrorCode.EntityAlreadyExists"/> when there is one with its keys.</summary>
    public async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        TableEntity row = Concrete(entity);
        TableRequest request = new(RequestMethod.Post, "/" + Name, Name) { Body = Scratch.Compose(row) };
        TableAnswer answer = await _pipeline.SendAsync(request, cancellationToken);
        return answer.WasRetried && answer.Is(409, TableErrorCode.EntityAlreadyExists)
            ? await FindOwnAsync(row, isWhole: true, cancellationToken) ?? answer.OrThrow()
            : answer.OrThrow();
    }

    /// <summary>Reads one row by its keys: the cheapest read there is. Without a value when there is none.</summary>
    /// <param name="select">Only these properties, keys and <c>Timestamp</c> among them if wanted; null for all.</param>
    public async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        TableAnswer answer = await ReadAsync(partitionKey, rowKey, select, cancellationToken);
        return answer.Response.Status == 404 ? new NoValueResponse<T>(answer.Response) : Found<T>(answer);
    }

    /// <summary>Like <see cref="GetEntityIfExistsAsync"/>, but throws 404 <see cref="TableErrorCode.ResourceNotFound"/> when there is none.</summary>
    public async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => Found<T>(await ReadAsync(partitionKey, rowKey, select, cancellationToken));

    /// <summary>
    /// Changes a row that exists. 412 <see cref="TableErrorCode.UpdateConditionNotSatisfied"/> when it has another version, 404 when it is gone.
    /// </summary>
    /// <param name="ifMatch">The version as it was read, or <see cref="ETag.All"/>: the last writer wins.</param>
    public async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        TableEntity row = Concrete(entity);
        if (ifMatch == default)
        {
            throw new ArgumentException("An update needs the row's version, or ETag.All.", nameof(ifMatch));
        }

        TableAnswer answer = await _pipeline.SendAsync(Write(row, mode) with { IfMatch = ifMatch.ToString() }, cancellationToken);
        return answer.WasRetried && answer.Response.Status == 412
            ? await FindOwnAsync(row, mode == TableUpdateMode.Replace, cancellationToken) ?? answer.OrThrow()
            : answer.OrThrow();
    }

    /// <summary>Changes the row, or inserts it. The last writer wins.</summary>
    public async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => (await _pipeline.SendAsync(Write(Concrete(entity), mode), cancellationToken)).OrThrow();

    /// <summary>
    /// Deletes the row. One that doesn't exist is answered with status 404, which doesn't throw. 412 when it has another version.
    /// </summary>
    /// <param name="ifMatch">The version as it was read; the default deletes any.</param>
    public async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        TableRequest request = new(RequestMethod.Delete, RowPath(partitionKey, rowKey), Name) { IfMatch = Version(ifMatch) };
        TableAnswer answer = await _pipeline.SendAsync(request, cancellationToken);
        return answer.Response.Status == 404 ? answer.Response : answer.OrThrow();
    }

    /// <summary>Rows in the order of their keys. Nothing is sent before the enumeration starts; each page is one request.</summary>
    /// <param name="filter">A range of row keys in one partition: see <see cref="TableClientOptions.RefuseScans"/> and
    /// <see cref="CreateQueryFilter"/>.</param>
    /// <param name="maxPerPage">1 to 1,000, which is the default; more is taken as 1,000. A page may hold less, even nothing.
    /// It is no limit for the enumeration.</param>
    /// <param name="select">Only these properties, keys and <c>Timestamp</c> among them if wanted; null for all.</param>
    /// <exception cref="InvalidOperationException">The filter asks for a scan.</exception>
    public AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        if (maxPerPage is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(maxPerPage));
        }

        CheckType<T>();
        if (_pipeline.RefuseScans && !KeyRangeFilter.IsKeyRange(filter))
        {
            throw new InvalidOperationException(
                $"The query of table {Name} is a scan. Filter by PartitionKey eq '…' and, if at all, by comparisons of RowKey. "
                + $"The filter: {filter ?? "none"}");
        }

        return new QueryPageable<T>(_pipeline, Name, filter, maxPerPage, select, cancellationToken);
    }

    /// <summary>Carries out all operations or none, at the price of one. They must be in one partition, each on another row.</summary>
    /// <param name="transactionActions">At most 100, and 4 MiB together. None is no request.</param>
    /// <returns>One response for each operation, in order, with status and ETag.</returns>
    /// <exception cref="TableTransactionFailedException">It was refused; see <see cref="TableRequestFailedException.WasRetried"/>.</exception>
    /// <exception cref="TableRequestFailedException">No answer came, or half of one (status 0): it may have been carried out.</exception>
    public async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TableTransactionAction> actions = transactionActions as IReadOnlyList<TableTransactionAction> ?? [.. transactionActions];
        if (actions.Count == 0)
        {
            return Response.FromValue<IReadOnlyList<Response>>([], new PartResponse(202));
        }

        TableRequest request = new(RequestMethod.Post, "/$batch", Name) { Body = _batches.Write(actions), ContentType = BatchWriter.ContentType };
        TableAnswer answer = await _pipeline.SendAsync(request, cancellationToken);
        return Response.FromValue<IReadOnlyList<Response>>(Parts(answer, actions.Count), answer.Response);
    }

    /// <summary>An OData filter whose arguments are quoted and escaped, so that no value can change its meaning.</summary>
    public static string CreateQueryFilter(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return FilterText.Compose(filter);
    }

    /// <exception cref="NotSupportedException">Another kind of entity.</exception>
    internal static TableEntity Concrete(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity as TableEntity ?? throw Unsupported(entity.GetType());
    }

    private static void CheckType<T>()
    {
        if (typeof(T) != typeof(TableEntity) && typeof(T) != typeof(ITableEntity))
        {
            throw Unsupported(typeof(T));
        }
    }

    private static NotSupportedException Unsupported(Type type) => new($"Entities are {nameof(TableEntity)}; {type} is not.");

    private static List<Response> Parts(TableAnswer answer, int count)
    {
        if (!answer.IsSuccess)
        {
            TableError outer = TableError.Read(answer.Response);
            throw new TableTransactionFailedException(outer.ToException(answer.WasRetried), outer.Index(), answer.WasRetried);
        }

        if (BatchReader.Failure(answer.Response) is { } error)
        {
            throw new TableTransactionFailedException(error.ToException(answer.WasRetried), error.Index(), answer.WasRetried);
        }

        List<Response> parts = BatchReader.Parts(answer.Response);
        return parts.Count == count
            ? parts
            : throw new TableRequestFailedException(
                0, $"Table Storage answered {parts.Count} of {count} operations.", errorCode: null, innerException: null, answer.WasRetried);
    }

    private static string Version(ETag etag) => etag == default ? ETag.All.ToString() : etag.ToString();

    private static Response<T> Found<T>(TableAnswer answer)
        where T : class, ITableEntity
    {
        CheckType<T>();
        return Response.FromValue((T)(object)ResponseBody.ReadRow(answer.OrThrow()), answer.Response);
    }

    private ValueTask<TableAnswer> ReadAsync(string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        string query = select is null ? "" : "?$select=" + Uri.EscapeDataString(string.Join(',', select));
        return _pipeline.SendAsync(new TableRequest(RequestMethod.Get, RowPath(partitionKey, rowKey) + query, Name), cancellationToken);
    }

    private TableRequest Write(TableEntity entity, TableUpdateMode mode)
    {
        byte[] body = Scratch.Compose(entity);
        RequestMethod method = mode == TableUpdateMode.Merge ? RequestMethod.Patch : RequestMethod.Put;
        return new TableRequest(method, RowPath(entity.PartitionKey, entity.RowKey), Name) { Body = body };
    }

    private string RowPath(string partitionKey, string rowKey)
    {
        KeyText.Check(partitionKey, rowKey);
        return $"/{Name}{KeyText.Address(partitionKey, rowKey)}";
    }

    /// <summary>
    /// The answer of reading the row, when it is stored as it was sent. Null when it is another or gone; whether it is ours, nobody knows
    /// while it can't be read, and that is then the failure.
    /// </summary>
    private async ValueTask<Response?> FindOwnAsync(TableEntity sent, bool isWhole, CancellationToken cancellationToken)
    {
        TableAnswer answer = await ReadAsync(sent.PartitionKey, sent.RowKey, select: null, cancellationToken);
        return answer.Response.Status != 404 && EntityComparison.IsStored(sent, ResponseBody.ReadRow(answer.OrThrow()), isWhole)
            ? answer.Response
            : null;
    }
}
