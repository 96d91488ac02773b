using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Names;
using ServerlessChat.Signals;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>A member of a group: the truth about who belongs to it.</summary>
/// <param name="Role"><see cref="GroupRole"/>.</param>
/// <param name="ReadId">How far the member has read, as the others are shown it: moved only while the group is small. 0: nothing.</param>
public sealed record Member(AccountId Id, Username Username, string Role, DateTimeOffset JoinedAt, ETag ETag = default, long ReadId = 0)
{
    public bool IsOwner => string.Equals(Role, GroupRole.Owner, StringComparison.Ordinal);

    /// <summary>Whether it may change the group and its members: owner or admin.</summary>
    public bool MayManage => IsOwner || string.Equals(Role, GroupRole.Admin, StringComparison.Ordinal);

    public static Member Read(TableEntity row) => new(
        new AccountId(row.GetString("AccountId")!),
        Username.Parse(row.GetString("Username"))!,
        row.GetString("Role")!,
        row.GetDateTimeOffset("JoinedAt")!.Value,
        row.ETag,
        row.GetInt64(ReadRow.Column) ?? 0);

    /// <summary>To be merged: the role, and nothing of what stays.</summary>
    public TableEntity ToRoleRow(string partition, string log) => new(partition, Keys.Member(log, Id)) { ["Role"] = Role };

    public TableEntity ToRow(string partition, string log) => new(partition, Keys.Member(log, Id))
    {
        ["AccountId"] = Id.Value,
        ["Username"] = Username.Text,
        ["Role"] = Role,
        ["JoinedAt"] = JoinedAt,
    };
}
