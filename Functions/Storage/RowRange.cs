using Azure;
using ServerlessChat.Tables;

namespace ServerlessChat.Storage;

/// <summary>Removing many rows of one partition, safe to repeat and to do twice at once.</summary>
internal static class RowRange
{
    /// <summary>Table Storage's limit of one transaction.</summary>
    public const int BatchSize = 100;

    /// <summary>Removes every row whose key begins so. One query for 1,000 rows, one transaction for 100.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> RemoveAsync(TableClient table, string partition, string prefix, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {Keys.After(prefix)}");
        string[] columns = ["PartitionKey", "RowKey"];
        int removed = 0;
        await foreach (TableEntity[] rows in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, columns, cancellationToken)
            .Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            await RemoveAsync(table, rows, cancellationToken);
            removed += rows.Length;
        }

        return removed;
    }

    /// <summary>Removes rows together; one by one when somebody else has taken some of them.</summary>
    /// <param name="rows">At most <see cref="BatchSize"/>, of one partition.</param>
    public static async Task RemoveAsync(TableClient table, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            // Of a row that is gone already this is no error.
            await Task.WhenAll(rows.Select(row => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken)));
        }
    }
}
