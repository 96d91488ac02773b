using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Blocks;
using ServerlessChat.Signals;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Inbox;

/// <summary>Reads and removes all that a person's partition holds: for the export and the erasure.</summary>
public sealed class TraceStore(ChatTables tables)
{
    private static readonly string[] Columns =
    [
        "PartitionKey", "RowKey", "Timestamp", .. AccountRow.ProfileColumns, SessionRow.ExpiresAt,
        "Group", "Slug", "OtherId", "Other", "Role", ReadRow.Column, "LeftAt", PrivateInboxRow.HadBlockColumn, BlockRow.BlockedAt, BlockerRow.OtherPartition, .. Doubt.Columns,
    ];

    /// <summary>Rows that storage reads at one moment: its pages.</summary>
    private const int PageSize = 1000;

    /// <summary>One query for 1,000 rows, and one read more when there are that many: what came with a later page may belong to the next owner of the name.</summary>
    /// <param name="partition"><see cref="Keys.User"/>.</param>
    public async Task<Traces> ReadAsync(string partition, CancellationToken cancellationToken)
    {
        TableEntity? account = null;
        List<(DateTimeOffset, DateTimeOffset)> sessions = [];
        List<TableEntity> rows = [];
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (TableEntity row in tables.Users.QueryAsync<TableEntity>(filter, maxPerPage: null, Columns, cancellationToken))
        {
            if (row.RowKey is Keys.Account)
            {
                account = row;
            }
            else if (row.RowKey is not Keys.AccessFailures)
            {
                rows.Add(row);
            }

            if (row.RowKey.StartsWith(Keys.AccessSessions, StringComparison.Ordinal))
            {
                sessions.Add((row.GetDateTimeOffset(SessionRow.CreatedAt) ?? default, SessionRow.ExpiryOf(row)));
            }
        }

        bool isOfOne = rows.Count < PageSize - 2 || (account is not null && await StandsAsync(account, cancellationToken));
        return new Traces(
            account is null ? null : AccountRow.ProfileOrNone(account),
            account is not null && AccountRow.IsErased(account) && isOfOne ? AccountRow.OwnerOf(account) : null,
            sessions,
            [.. rows.Where(row => IsOf(row, Keys.InboxGroups)).Select(GroupInboxRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.InboxPrivates)).Select(PrivateInboxRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.LeftGroups)).Select(LeftGroupRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.Blocks)).Select(BlockRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.Blockers)).Select(BlockerRow.Read)],
            rows.ToDictionary(row => row.RowKey, row => row.ETag, StringComparer.Ordinal));
    }

    /// <summary>Removes rows of a partition as they were read, 100 in one operation. Those that are gone, or others by now, are left.</summary>
    public async Task RemoveAsync(string partition, IEnumerable<KeyValuePair<string, ETag>> rows, CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<string, ETag>[] some in rows.Chunk(RowRange.BatchSize))
        {
            try
            {
                await tables.Users.SubmitTransactionAsync(
                    some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, row.Key), row.Value)), cancellationToken);
            }
            catch (TableTransactionFailedException failure) when (failure.Status is 404 or 412)
            {
                await Task.WhenAll(some.Select(row => ConditionalWrite.TryAsync(
                    () => tables.Users.DeleteEntityAsync(partition, row.Key, row.Value, cancellationToken))));
            }
        }
    }

    /// <summary>Whether an account's row is still the one that was read.</summary>
    private async Task<bool> StandsAsync(TableEntity account, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> now = await tables.Users.GetEntityIfExistsAsync<TableEntity>(
            account.PartitionKey, account.RowKey, ["PartitionKey", "RowKey", "Timestamp"], cancellationToken);
        return now.HasValue && now.Value!.ETag == account.ETag;
    }

    private static bool IsOf(TableEntity row, string prefix) => row.RowKey.StartsWith(prefix, StringComparison.Ordinal);
}
