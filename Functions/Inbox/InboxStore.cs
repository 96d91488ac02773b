using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Names;
using ServerlessChat.Signals;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Inbox;

/// <summary>The conversations in people's inboxes: an index of what the member rows and heads say, one partition per person.</summary>
/// <remarks>
/// <para>A membership and its inbox row stand in two partitions, so no transaction holds both. The order is: put the row in doubt,
/// change the truth, settle the row. Cut off anywhere, the row is in doubt: readers ask the truth until the doubt
/// is so old that no writer is behind it, and then settle it. Nobody is ever shown a conversation by a row in doubt alone.</para>
/// <para>A row is put in doubt in one transaction with the row <see cref="Keys.InboxOwner"/>: an account that is gone gets none, and neither does
/// whoever has its name now. It is not the account's own row, because a login is conditional on that.</para>
/// </remarks>
public sealed class InboxStore(ChatTables tables, TimeProvider time)
{
    /// <summary>What a dashboard needs of account and inbox; not the password's hash.</summary>
    private static readonly string[] Columns =
        ["PartitionKey", "RowKey", "Timestamp", .. AccountRow.ProfileColumns, "Group", "Slug", "OtherId", "Other", "Role", ReadRow.Column, PrivateInboxRow.HadBlockColumn, .. Doubt.Columns];

    /// <summary>Puts a person's row of a group in doubt, and makes it where there is none. One operation.</summary>
    /// <returns>What settles or removes this doubt and no later one; null when the account does not exist (any more).</returns>
    public Task<ETag?> DoubtAsync(AccountId id, Username user, GroupId group, Slug slug, DoubtCause cause, CancellationToken cancellationToken) => PutInDoubtAsync(
        id,
        new TableEntity(Keys.User(user), Keys.InboxGroup(group)) { ["Group"] = group.Value, ["Slug"] = slug.Text },
        cause,
        cancellationToken);

    /// <summary>Opens a private chat in a person's inbox; in doubt, because it may never get its first message. One operation.</summary>
    /// <returns>False: the account does not exist (any more).</returns>
    public async Task<bool> OpenAsync(AccountId id, Username user, AccountId otherId, Username other, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.User(user), Keys.InboxPrivate(otherId)) { ["OtherId"] = otherId.Value, ["Other"] = other.Text };
        return await PutInDoubtAsync(id, row, DoubtCause.Addition, cancellationToken) is not null;
    }

    /// <summary>Settles a person's row of a group: it is a member in this role. One operation.</summary>
    public Task SettleAsync(Username user, GroupId group, string role, ETag doubt, CancellationToken cancellationToken) =>
        SettleAsync(Keys.User(user), Keys.InboxGroup(group), role, doubt, cancellationToken);

    /// <summary>Takes a group out of the inbox of somebody who was a member, and notes that they were. One operation.</summary>
    public Task LeaveAsync(Username user, GroupId group, Slug slug, ETag doubt, CancellationToken cancellationToken)
    {
        string partition = Keys.User(user);
        var left = new TableEntity(partition, Keys.LeftGroup(group)) { ["Group"] = group.Value, ["Slug"] = slug.Text, ["LeftAt"] = time.GetUtcNow() };
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, new TableEntity(partition, Keys.InboxGroup(group)), doubt),
            new(TableTransactionActionType.UpsertReplace, left),
        ];
        return ConditionalWrite.TryAsync(async () => (await tables.Users.SubmitTransactionAsync(actions, cancellationToken)).GetRawResponse());
    }

    /// <summary>Gives the other of a person's private chat another name; nothing happens when the chat is not in their inbox. One operation.</summary>
    public Task RenameAsync(Username user, AccountId other, Username name, CancellationToken cancellationToken)
    {
        var renamed = new TableEntity(Keys.User(user), Keys.InboxPrivate(other)) { ["Other"] = name.Text };
        return ConditionalWrite.TryAsync(() => tables.Users.UpdateEntityAsync(renamed, ETag.All, TableUpdateMode.Merge, cancellationToken));
    }

    /// <summary>Whose chat with a person it is, by the first digits of their id; null when there is none. One query of the few rows.</summary>
    /// <param name="idPrefix">Hexadecimal digits.</param>
    public async Task<AccountId?> FindOtherAsync(Username user, string idPrefix, CancellationToken cancellationToken)
    {
        string first = Keys.InboxPrivate(new AccountId(idPrefix));
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.User(user)} and RowKey ge {first} and RowKey lt {Keys.After(first)}");
        await foreach (TableEntity row in tables.Users.QueryAsync<TableEntity>(filter, maxPerPage: 1, ["PartitionKey", "RowKey", "OtherId"], cancellationToken))
        {
            return new AccountId(row.GetString("OtherId")!);
        }

        return null;
    }

    /// <summary>Takes a group out of a person's inbox. One operation.</summary>
    public Task RemoveAsync(Username user, GroupId group, ETag doubt, CancellationToken cancellationToken) =>
        RemoveAsync(Keys.User(user), Keys.InboxGroup(group), doubt, cancellationToken);

    /// <summary>The account and its whole inbox. One operation for up to 1,000 rows; null when the account does not exist.</summary>
    public async Task<InboxContent?> ReadAsync(Username user, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.User(user)} and RowKey ge {Keys.Account} and RowKey lt {Keys.After(Keys.Inbox)}");
        AccountProfile? account = null;
        var groups = new List<GroupInboxRow>();
        var privateChats = new List<PrivateInboxRow>();
        await foreach (TableEntity row in tables.Users.QueryAsync<TableEntity>(filter, maxPerPage: null, Columns, cancellationToken))
        {
            if (string.Equals(row.RowKey, Keys.Account, StringComparison.Ordinal))
            {
                account = AccountRow.ProfileOrNone(row);
            }
            else if (row.GetString("Group") is not null)
            {
                groups.Add(GroupInboxRow.Read(row));
            }
            else if (row.GetString("OtherId") is not null)
            {
                privateChats.Add(PrivateInboxRow.Read(row));
            }
        }

        return account is null ? null : new InboxContent(account, groups, privateChats);
    }

    /// <summary>Settles a row that was read in doubt; nothing happens when somebody changed it since.</summary>
    public Task SettleAsync(Username user, InboxRow row, string? role, CancellationToken cancellationToken) =>
        SettleAsync(Keys.User(user), row.RowKey, role, row.ETag, cancellationToken);

    /// <summary>Removes a row that was read; nothing happens when somebody changed it since.</summary>
    public Task RemoveAsync(Username user, InboxRow row, CancellationToken cancellationToken) =>
        RemoveAsync(Keys.User(user), row.RowKey, row.ETag, cancellationToken);

    /// <summary>Where a person's own read position of a group stands.</summary>
    internal ReadRow ReadOfGroup(Username user, GroupId group) => new(tables.Users, Keys.User(user), Keys.InboxGroup(group));

    /// <summary>Where a person's own read position of a private chat stands.</summary>
    internal ReadRow ReadOfPrivate(Username user, AccountId other) => new(tables.Users, Keys.User(user), Keys.InboxPrivate(other));

    private async Task<ETag?> PutInDoubtAsync(AccountId id, TableEntity row, DoubtCause cause, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Doubt.Put(row, cause, now);
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity(row.PartitionKey, Keys.InboxOwner(id)) { ["DoubtAt"] = now }, ETag.All),
            new(TableTransactionActionType.UpsertMerge, row),
        ];
        try
        {
            Response<IReadOnlyList<Response>> answer = await tables.Users.SubmitTransactionAsync(actions, cancellationToken);
            return answer.Value[1].Headers.ETag;
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    private Task<bool> SettleAsync(string partition, string rowKey, string? role, ETag etag, CancellationToken cancellationToken)
    {
        var settled = new TableEntity(partition, rowKey);
        Doubt.Settle(settled);
        if (role is not null)
        {
            settled["Role"] = role;
        }

        return ConditionalWrite.TryAsync(() => tables.Users.UpdateEntityAsync(settled, etag, TableUpdateMode.Merge, cancellationToken));
    }

    private Task<bool> RemoveAsync(string partition, string rowKey, ETag etag, CancellationToken cancellationToken) =>
        ConditionalWrite.TryAsync(() => tables.Users.DeleteEntityAsync(partition, rowKey, etag, cancellationToken));
}
