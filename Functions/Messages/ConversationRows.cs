using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>The rows of a conversation's partition that every conversation has: head, entries, markers.</summary>
internal static class ConversationRows
{
    public const string LastId = "LastId";
    public const string Version = "Version";
    private const string Log = "Log";
    private const string Commit = EntryRow.Commit;
    private const string Change = "Change";

    public static ConversationHead ReadHead(TableEntity row)
    {
        var id = new ConversationId(row.PartitionKey, row.GetString(Log)!);
        return new ConversationHead(
            id, row.GetInt64(LastId) ?? 0, row.GetInt64(Version) ?? 0, row.GetString(Commit), HeadLast.Read(row), row.ETag, row);
    }

    public static async Task<ConversationHead?> FindHeadAsync(TableClient table, string partition, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await table.GetEntityIfExistsAsync<TableEntity>(partition, Keys.Head, cancellationToken: cancellationToken);
        return row.HasValue ? ReadHead(row.Value!) : null;
    }

    /// <summary>Whether the head's last transaction, or its last change, has this commit id. Appends leave the last change's standing.</summary>
    public static bool IsLastOf(ConversationHead head, string commit) =>
        string.Equals(head.Commit, commit, StringComparison.Ordinal) || string.Equals(head.Row.GetString(Change), commit, StringComparison.Ordinal);

    /// <summary>A new head: an empty log.</summary>
    public static TableEntity NewHead(ConversationId id) => new(id.Partition, Keys.Head)
    {
        [Log] = id.Log,
        [LastId] = 0L,
        [Version] = 0L,
    };

    /// <summary>The head's part of one transaction; only what it changes, because it is merged.</summary>
    public static TableEntity HeadPatch(ConversationId id) => new(id.Partition, Keys.Head);

    /// <summary>A change has no entry to be found by when it got no answer and appends have followed.</summary>
    public static void SetChange(TableEntity row, string commit) => row[Change] = commit;

    public static void SetCommit(TableEntity row, string commit) => row[Commit] = commit;

    public static TableEntity NewMarker(ConversationId id, string rowKey, long entryId, string commit) => new(id.Partition, rowKey)
    {
        ["Id"] = entryId,
        [EntryRow.Commit] = commit,
    };

    public static long MarkedId(TableEntity marker) => marker.GetInt64("Id")!.Value;

    public static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    public static TableTransactionAction Replace(TableEntity row, ETag ifMatch) => new(TableTransactionActionType.UpdateReplace, row, ifMatch);

    public static TableTransactionAction Merge(TableEntity row, ETag ifMatch) => new(TableTransactionActionType.UpdateMerge, row, ifMatch);

    /// <summary>The head as it is after a merge, without reading it again.</summary>
    public static ConversationHead Apply(TableEntity before, TableEntity patch, ETag etag)
    {
        var row = new TableEntity(before.PartitionKey, before.RowKey);
        foreach ((string name, object? value) in before.Concat(patch))
        {
            row[name] = value;
        }

        // Last: an entity counts its ETag among its properties, so the old one was copied too.
        row.ETag = etag;
        return ReadHead(row);
    }
}
