using Azure;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Signals;

/// <summary>A row in which it stands how far somebody has read; that goes forward and never back, whoever writes at the same time.</summary>
internal sealed class ReadRow(TableClient table, string partition, string rowKey)
{
    /// <summary>Everything up to this id is read; absent or 0: nothing.</summary>
    public const string Column = "ReadId";

    /// <summary>Writers of one row at once: each round has a winner.</summary>
    private const int MaxRounds = 10;

    /// <summary>Whether the row is only there to keep the position, and is made by the first one. Otherwise it says more, and is never made here.</summary>
    public bool IsMadeByMove { get; init; }

    /// <summary>Null: there is no such row. One operation.</summary>
    public async Task<TableEntity?> FindAsync(CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await table.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>One operation when it moves, none when it stands there already; two more for each writer that was faster.</summary>
    /// <param name="row">As it was found.</param>
    /// <returns>Whether it moved; null when there is no row (any more).</returns>
    public async Task<bool?> MoveAsync(TableEntity? row, long id, CancellationToken cancellationToken)
    {
        for (int rounds = 0; rounds < MaxRounds; rounds++)
        {
            if (row is null && !IsMadeByMove)
            {
                return null;
            }

            if (id <= (row?.GetInt64(Column) ?? 0))
            {
                return false;
            }

            if (await TryWriteAsync(row, id, cancellationToken))
            {
                return true;
            }

            row = await FindAsync(cancellationToken);
        }

        throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
    }

    private async Task<bool> TryWriteAsync(TableEntity? row, long id, CancellationToken cancellationToken)
    {
        var moved = new TableEntity(partition, rowKey) { [Column] = id };
        if (row is not null)
        {
            return await ConditionalWrite.TryAsync(() => table.UpdateEntityAsync(moved, row.ETag, TableUpdateMode.Merge, cancellationToken));
        }

        try
        {
            await table.AddEntityAsync(moved, cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }
}
