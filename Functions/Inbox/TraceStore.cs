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

    /// <summary>One query for 1,000 rows.</summary>
    /// <param name="partition"><see cref="Keys.User"/>.</param>
    public async Task<Traces> ReadAsync(string partition, CancellationToken cancellationToken)
    {
        AccountProfile? account = null;
        List<(DateTimeOffset, DateTimeOffset)> sessions = [];
        List<TableEntity> rows = [];
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (TableEntity row in tables.Users.QueryAsync<TableEntity>(filter, maxPerPage: null, Columns, cancellationToken))
        {
            if (row.RowKey is Keys.Account)
            {
                account = AccountRow.ProfileOrNone(row);
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

        return new Traces(
            account,
            sessions,
            [.. rows.Where(row => IsOf(row, Keys.InboxGroups)).Select(GroupInboxRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.InboxPrivates)).Select(PrivateInboxRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.LeftGroups)).Select(LeftGroupRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.Blocks)).Select(BlockRow.Read)],
            [.. rows.Where(row => IsOf(row, Keys.Blockers)).Select(BlockerRow.Read)],
            [.. rows.Select(row => row.RowKey)]);
    }

    /// <summary>Removes rows of a partition, 100 in one operation. That some are gone already is fine.</summary>
    public async Task RemoveAsync(string partition, IEnumerable<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (string[] some in rowKeys.Chunk(RowRange.BatchSize))
        {
            await RowRange.RemoveAsync(tables.Users, [.. some.Select(key => new TableEntity(partition, key))], cancellationToken);
        }
    }

    private static bool IsOf(TableEntity row, string prefix) => row.RowKey.StartsWith(prefix, StringComparison.Ordinal);
}
