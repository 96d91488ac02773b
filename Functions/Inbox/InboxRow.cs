using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Names;
using ServerlessChat.Signals;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Inbox;

/// <summary>A conversation in somebody's inbox.</summary>
/// <param name="ReadId">Everything up to this id is read; 0 for nothing.</param>
/// <param name="Doubt">Set while a membership is being changed: the row may say more or less than the truth (the member row). Null: it is settled.</param>
/// <param name="ETag">For conditional writes.</param>
public abstract record InboxRow(string RowKey, long ReadId, Doubt? Doubt, ETag ETag);

/// <param name="Role">A copy of the member's role, true when the row is not in doubt.</param>
public sealed record GroupInboxRow(string RowKey, GroupId Group, Slug Slug, string? Role, long ReadId, Doubt? Doubt, ETag ETag)
    : InboxRow(RowKey, ReadId, Doubt, ETag)
{
    public static GroupInboxRow Read(TableEntity row) => new(
        row.RowKey,
        new GroupId(row.GetString("Group")!),
        Slug.Parse(row.GetString("Slug"))!,
        row.GetString("Role"),
        row.GetInt64(ReadRow.Column) ?? 0,
        Doubt.Read(row),
        row.ETag);
}

/// <param name="Other">The other of the pair, or oneself for notes to self.</param>
/// <param name="HadBlock">One of the two has blocked the other at some time. Whether that is still so, the head says.</param>
public sealed record PrivateInboxRow(string RowKey, AccountId OtherId, Username Other, long ReadId, bool HadBlock, Doubt? Doubt, ETag ETag)
    : InboxRow(RowKey, ReadId, Doubt, ETag)
{
    /// <summary>Where <see cref="HadBlock"/> stands.</summary>
    public const string HadBlockColumn = "HadBlock";

    /// <summary>Whether the two may not hear each other, so that the head is to be asked: there was a block, or it is not known whether there is a conversation.</summary>
    public bool AsksHead => HadBlock || Doubt is not null;

    public static PrivateInboxRow Read(TableEntity row) => new(
        row.RowKey,
        new AccountId(row.GetString("OtherId")!),
        Username.Parse(row.GetString("Other"))!,
        row.GetInt64(ReadRow.Column) ?? 0,
        row.GetBoolean(HadBlockColumn) == true,
        Doubt.Read(row),
        row.ETag);
}

/// <summary>A group that somebody was a member of.</summary>
/// <param name="Slug">As it was then; another group may have it by now.</param>
/// <param name="LeftAt">Null while their leaving is under way.</param>
public sealed record LeftGroupRow(string RowKey, GroupId Group, Slug Slug, DateTimeOffset? LeftAt)
{
    public static LeftGroupRow Read(TableEntity row) => new(
        row.RowKey, new GroupId(row.GetString("Group")!), Slug.Parse(row.GetString("Slug"))!, row.GetDateTimeOffset("LeftAt"));
}

/// <summary>Somebody's inbox, with the account it belongs to.</summary>
public sealed record InboxContent(AccountProfile Account, IReadOnlyList<GroupInboxRow> Groups, IReadOnlyList<PrivateInboxRow> PrivateChats);
