using ServerlessChat.Accounts;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>An entry as a row of its conversation.</summary>
internal static class EntryRow
{
    /// <summary>The id of the transaction that stored it.</summary>
    public const string Commit = "Commit";

    /// <summary>On a message: the id of the transaction that stored its newest edit, for that entry's row when it is written again without its text.</summary>
    private const string EditCommit = "EditCommit";

    /// <summary>What a page needs; the commits stay in storage.</summary>
    public static readonly string[] Columns =
    [
        "Id", "UserId", "User", "Text", "At", "ClientId", "ReplyTo", "Kind", "Target", "Emoji", "Count", "Removed",
        "EditedAt", "DeletedAt", "Revision", "LastEdit", "Reactions",
    ];

    public static string? CommitOf(TableEntity row) => row.GetString(Commit);

    public static TableEntity New(ConversationId id, Entry entry, string commit)
    {
        var row = new TableEntity(id.Partition, Keys.Entry(id.Log, entry.Id))
        {
            ["Id"] = entry.Id,
            ["UserId"] = entry.UserId.Value,
            ["User"] = entry.User,
            ["At"] = entry.At,
            [Commit] = commit,
        };
        Put(row, "Text", entry.Text.Length > 0 ? entry.Text : null);
        Put(row, "ClientId", entry.ClientId);
        Put(row, "ReplyTo", entry.ReplyTo);
        Put(row, "Kind", entry.Kind is EntryKind.Message ? null : entry.Kind.ToString());
        Put(row, "Target", entry.Target);
        Put(row, "Emoji", entry.Reaction?.Emoji);
        Put(row, "Count", entry.Reaction?.Count);
        Put(row, "Removed", entry.Reaction is { IsRemoved: true } ? true : null);
        PutState(row, entry.State);
        return row;
    }

    /// <summary>A message's whole row after a change: what the change took out of it is gone.</summary>
    /// <param name="before">The whole row as read.</param>
    /// <param name="commit">Of the transaction that changes it.</param>
    public static TableEntity Revised(ConversationId id, TableEntity before, Entry message, string commit)
    {
        TableEntity row = New(id, message, CommitOf(before)!);
        Put(row, EditCommit, message.State.LastEdit == message.State.Revision ? commit : before.GetString(EditCommit));
        return row;
    }

    /// <summary>The whole row of a message's newest edit without its text, for when a later change has superseded it.</summary>
    /// <param name="target">The message before that change.</param>
    public static TableEntity Superseded(ConversationId id, RevisedRow target)
    {
        Entry edited = target.Message;
        var entry = new Entry(edited.State.LastEdit!.Value, edited.UserId, edited.User, Text: "", edited.State.EditedAt!.Value, ClientId: null)
        {
            Kind = EntryKind.Edited,
            Target = edited.Id,
        };
        return New(id, entry, target.Row.GetString(EditCommit)!);
    }

    public static Entry Read(TableEntity row) => new(
        row.GetInt64("Id")!.Value,
        new AccountId(row.GetString("UserId")!),
        row.GetString("User")!,
        row.GetString("Text") ?? "",
        row.GetDateTimeOffset("At")!.Value,
        row.GetString("ClientId"))
    {
        Kind = row.GetString("Kind") is { } kind ? Enum.Parse<EntryKind>(kind) : EntryKind.Message,
        ReplyTo = row.GetInt64("ReplyTo"),
        Target = row.GetInt64("Target"),
        Reaction = row.GetString("Emoji") is { } emoji ? new EntryReaction(emoji, row.GetInt32("Count")!.Value, row.GetBoolean("Removed") == true) : null,
        State = ReadState(row),
    };

    private static MessageState ReadState(TableEntity row) => row.GetInt64("Revision") is { } revision
        ? new MessageState(
            row.GetDateTimeOffset("EditedAt"), row.GetDateTimeOffset("DeletedAt"), revision, row.GetInt64("LastEdit"), Reactions.Parse(row.GetString("Reactions")))
        : MessageState.New;

    private static void PutState(TableEntity row, MessageState state)
    {
        Put(row, "EditedAt", state.EditedAt);
        Put(row, "DeletedAt", state.DeletedAt);
        Put(row, "Revision", state.Revision);
        Put(row, "LastEdit", state.LastEdit);
        Put(row, "Reactions", state.Reactions.IsEmpty ? null : state.Reactions.ToString());
    }

    private static void Put(TableEntity row, string name, object? value)
    {
        if (value is not null)
        {
            row[name] = value;
        }
    }
}

/// <summary>A message that is to be changed.</summary>
/// <param name="Row">Its whole row as read.</param>
/// <param name="Message">The same, as an entry.</param>
internal sealed record RevisedRow(TableEntity Row, Entry Message);
