namespace ServerlessChat.Bench.Stub;

/// <summary>What an address names: <c>/account/table</c>, <c>/account/table()</c> or <c>/account/table(PartitionKey='…',RowKey='…')</c>.</summary>
/// <param name="Table">Also <c>Tables</c> and <c>$batch</c>.</param>
internal sealed record StubTarget(string Table, string? PartitionKey, string? RowKey)
{
    private const string Partition = "(PartitionKey='";
    private const string Row = "',RowKey='";

    /// <param name="path">Escaped or not: the app's keys hold nothing that needs it.</param>
    public static StubTarget Parse(string path)
    {
        string last = path[(path.IndexOf('/', 1) + 1)..];
        int keys = last.IndexOf('(', StringComparison.Ordinal);
        if (keys < 0)
        {
            return new StubTarget(last, PartitionKey: null, RowKey: null);
        }

        int row = last.IndexOf(Row, StringComparison.Ordinal);
        return row < 0
            ? new StubTarget(last[..keys], PartitionKey: null, RowKey: null)
            : new StubTarget(last[..keys], last[(keys + Partition.Length)..row], last[(row + Row.Length)..^2]);
    }
}
