namespace ServerlessChat.Bench.Stub;

/// <summary>The rows of one partition, in the order of their keys. Every operation and every query sees it whole.</summary>
internal sealed class StubPartition(StubStore store)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StubRow> _rows = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);

    public StubRow? Find(string rowKey)
    {
        lock (_gate)
        {
            return _rows.GetValueOrDefault(rowKey);
        }
    }

    /// <summary>At most <paramref name="limit"/> rows of the range, and one more if there is one: its key is where the next page begins.</summary>
    public List<StubRow> Query(StubQuery query, int limit)
    {
        var found = new List<StubRow>();
        lock (_gate)
        {
            SortedSet<string> range = query.To is null
                ? _keys.GetViewBetween(query.From, char.MaxValue.ToString())
                : _keys.GetViewBetween(query.From, query.To);
            foreach (string key in range)
            {
                if (query.Holds(key))
                {
                    found.Add(_rows[key]);
                    if (found.Count > limit)
                    {
                        break;
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Carries out all or nothing. They are on different rows, so each can be judged by what is stored before any of them.</summary>
    /// <param name="etags">The new versions; null for a delete. Filled when there is no error.</param>
    /// <returns>The first that is refused; null when all are carried out.</returns>
    public (int Index, StubError Error)? Submit(List<StubOperation> operations, List<string?> etags)
    {
        lock (_gate)
        {
            for (int i = 0; i < operations.Count; i++)
            {
                if (Judge(operations[i]) is { } error)
                {
                    return (i, error);
                }
            }

            etags.AddRange(operations.Select(Apply));
        }

        return null;
    }

    private StubError? Judge(StubOperation operation)
    {
        StubRow? stored = _rows.GetValueOrDefault(operation.Row.RowKey);
        return operation switch
        {
            { Action: StubAction.Insert } => stored is null ? null : StubError.EntityAlreadyExists,
            { IfMatch: null } => null,
            _ when stored is null => StubError.ResourceNotFound,
            { IfMatch: "*" } => null,
            _ => string.Equals(operation.IfMatch, stored.ETag, StringComparison.Ordinal) ? null : StubError.UpdateConditionNotSatisfied,
        };
    }

    private string? Apply(StubOperation operation)
    {
        string key = operation.Row.RowKey;
        if (operation.Action == StubAction.Delete)
        {
            _rows.Remove(key);
            _keys.Remove(key);
            return null;
        }

        StubRow row = operation.Action == StubAction.Merge && _rows.TryGetValue(key, out StubRow? stored) ? stored.Merge(operation.Row) : operation.Row;
        row = store.Stamp(row);
        _rows[key] = row;
        _keys.Add(key);
        return row.ETag;
    }
}
