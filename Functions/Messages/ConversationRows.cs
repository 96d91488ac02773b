using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>The rows of a conversation's partition that every conversation has: head, entries, markers.</summary>
internal static class ConversationRows
{
    public const string LastId = "LastId";
    public const string Version = "Version";
    private const string Log = "Log";
    private const string Commit = "Commit";
    private const string Change = "Change";

    /// <summary>What a page needs; the commit stays in storage.</summary>
    public static readonly string[] EntryColumns = ["Id", "UserId", "User", "Text", "At", "ClientId"];

    public static ConversationHead ReadHead(TableEntity row)
    {
        long lastId = row.GetInt64(LastId) ?? 0;
        Entry? last = row.GetString("LastText") is { } text
            ? new Entry(lastId, new AccountId(row.GetString("LastUserId")!), row.GetString("LastUser")!, text, row.GetDateTimeOffset("LastAt")!.Value, ClientId: null)
            : null;
        var id = new ConversationId(row.PartitionKey, row.GetString(Log)!);
        return new ConversationHead(id, lastId, row.GetInt64(Version) ?? 0, row.GetString(Commit), last, row.ETag, row);
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

    public static void SetLast(TableEntity head, Entry last)
    {
        head[LastId] = last.Id;
        head["LastUserId"] = last.UserId.Value;
        head["LastUser"] = last.User;
        head["LastText"] = Preview(last.Text);
        head["LastAt"] = last.At;
    }

    public static TableEntity NewEntry(ConversationId id, Entry entry, string commit)
    {
        var row = new TableEntity(id.Partition, Keys.Entry(id.Log, entry.Id))
        {
            ["Id"] = entry.Id,
            ["UserId"] = entry.UserId.Value,
            ["User"] = entry.User,
            ["Text"] = entry.Text,
            ["At"] = entry.At,
            [Commit] = commit,
        };
        if (entry.ClientId is not null)
        {
            row["ClientId"] = entry.ClientId;
        }

        return row;
    }

    public static Entry ReadEntry(TableEntity row) => new(
        row.GetInt64("Id")!.Value,
        new AccountId(row.GetString("UserId")!),
        row.GetString("User")!,
        row.GetString("Text")!,
        row.GetDateTimeOffset("At")!.Value,
        row.GetString("ClientId"));

    public static TableEntity NewMarker(ConversationId id, string rowKey, long entryId, string commit) => new(id.Partition, rowKey)
    {
        ["Id"] = entryId,
        [Commit] = commit,
    };

    public static long MarkedId(TableEntity marker) => marker.GetInt64("Id")!.Value;

    public static string? CommitOf(TableEntity row) => row.GetString(Commit);

    public static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

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

    /// <summary>The first characters of a text, never half a surrogate pair.</summary>
    private static string Preview(string text)
    {
        const int Length = ConversationHead.PreviewLength;
        return text.Length <= Length ? text : text[..(char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length)];
    }
}
