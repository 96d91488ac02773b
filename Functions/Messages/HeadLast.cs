using ServerlessChat.Accounts;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>The newest message as the head repeats it, so that a dashboard needs one read per chat.</summary>
/// <remarks>The head is merged, and a merge can't take a property away: zero stands for none, and is written only where there was something else.</remarks>
internal static class HeadLast
{
    /// <summary>The newest message's id. Absent in the heads of logs that hold nothing but messages: it is the newest id.</summary>
    private const string Id = "LastMessageId";

    private const string Text = "LastText";
    private const string ReplyTo = "LastReplyTo";
    private const string Revision = "LastRevision";
    private const string EditedAt = "LastEditedAt";
    private const string DeletedAt = "LastDeletedAt";

    /// <summary>Null when the log is empty.</summary>
    public static Entry? Read(TableEntity head) => head.GetString(Text) is { } text
        ? new Entry(IdOf(head), new AccountId(head.GetString("LastUserId")!), head.GetString("LastUser")!, text, head.GetDateTimeOffset("LastAt")!.Value, ClientId: null)
        {
            ReplyTo = head.GetInt64(ReplyTo) is > 0 and var answered ? answered : null,
            State = head.GetInt64(Revision) is > 0 and var revision
                ? new MessageState(Moment(head, EditedAt), Moment(head, DeletedAt), revision, LastEdit: null, Reactions.None)
                : MessageState.New,
        }
        : null;

    /// <summary>Makes a message the newest, or repeats the newest one's new state.</summary>
    /// <param name="before">The head that the patch is merged into; null for a new one.</param>
    public static void Put(TableEntity patch, TableEntity? before, Entry message)
    {
        patch[Id] = message.Id;
        patch["LastUserId"] = message.UserId.Value;
        patch["LastUser"] = message.User;
        patch[Text] = Preview(message.Text);
        patch["LastAt"] = message.At;
        PutNumber(patch, before, ReplyTo, message.ReplyTo);
        PutNumber(patch, before, Revision, message.State.Revision);
        PutNumber(patch, before, EditedAt, message.State.EditedAt?.ToUnixTimeMilliseconds());
        PutNumber(patch, before, DeletedAt, message.State.DeletedAt?.ToUnixTimeMilliseconds());
    }

    /// <summary>Leaves the newest message as it is while another entry gets the newest id: a head of an earlier version does not say its id yet.</summary>
    /// <param name="last">The newest message; null when there is none.</param>
    public static void Keep(TableEntity patch, Entry? last)
    {
        if (last is not null)
        {
            patch[Id] = last.Id;
        }
    }

    /// <summary>The first characters of a text, never half a surrogate pair.</summary>
    private static string Preview(string text)
    {
        const int Length = ConversationHead.PreviewLength;
        return text.Length <= Length ? text : text[..(char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length)];
    }

    private static long IdOf(TableEntity head) => head.GetInt64(Id) ?? head.GetInt64(ConversationRows.LastId)!.Value;

    private static DateTimeOffset? Moment(TableEntity head, string name) =>
        head.GetInt64(name) is > 0 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static void PutNumber(TableEntity patch, TableEntity? before, string name, long? value)
    {
        if ((before?.GetInt64(name) ?? 0) != (value ?? 0))
        {
            patch[name] = value ?? 0;
        }
    }
}
