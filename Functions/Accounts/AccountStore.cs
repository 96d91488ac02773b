using Azure;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>The accounts themselves. Each method says what it costs in table operations.</summary>
public sealed class AccountStore(ChatTables tables)
{
    /// <summary>One point read. Null when nobody has that name.</summary>
    public async Task<AccountProfile?> FindAsync(Username username, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await tables.Users.GetEntityIfExistsAsync<TableEntity>(
            Keys.User(username), Keys.Account, AccountRow.ProfileColumns, cancellationToken);
        return row.HasValue ? AccountRow.ProfileOrNone(row.Value!) : null;
    }

    /// <summary>
    /// One point read: the caller's own account. Null when the account was erased after the token was issued, also when
    /// someone else has that name now.
    /// </summary>
    public async Task<AccountProfile?> FindAsync(Caller caller, CancellationToken cancellationToken) =>
        await FindAsync(caller.Username, cancellationToken) is { } profile && profile.Id == caller.Id ? profile : null;

    /// <summary>One transaction: the account, and the row that says whose inbox stands beside it. False when the name is taken; of two at once, one wins.</summary>
    internal async Task<bool> TryAddAsync(AccountProfile profile, string passwordHash, CancellationToken cancellationToken)
    {
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Add, AccountRow.Of(profile, passwordHash)),
            new(TableTransactionActionType.Add, new TableEntity(Keys.User(profile.Username), Keys.InboxOwner(profile.Id))),
        ];
        try
        {
            await tables.Users.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status == StatusCodes.Status409Conflict)
        {
            // A retry meets what its own first attempt stored.
            return conflict.WasRetried && (await FindAsync(profile.Username, cancellationToken))?.Id == profile.Id;
        }
    }

    /// <summary>
    /// One merge of the fields that differ, or nothing when none does. False when the account is gone. It is one transaction with the row that stands as long as the
    /// account does: else it would write into a tombstone, or into the account of whoever has the name next.
    /// </summary>
    internal async Task<bool> TryUpdateAsync(AccountProfile before, AccountProfile after, CancellationToken cancellationToken)
    {
        var change = new TableEntity(Keys.User(before.Username), Keys.Account);
        Put(change, AccountRow.DisplayName, before.DisplayName, after.DisplayName);
        Put(change, AccountRow.Bio, before.Bio, after.Bio);
        Put(change, AccountRow.Language, before.Language ?? "", after.Language ?? "");
        if (before == after)
        {
            return true;
        }

        try
        {
            // Fields are independent of each other: two people changing two fields at once both succeed.
            TableTransactionAction[] actions =
            [
                new(TableTransactionActionType.UpdateMerge, change, ETag.All),
                new(TableTransactionActionType.UpdateMerge, new TableEntity(change.PartitionKey, Keys.InboxOwner(before.Id)), ETag.All),
            ];
            await tables.Users.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    private static void Put(TableEntity change, string column, string before, string after)
    {
        if (!string.Equals(before, after, StringComparison.Ordinal))
        {
            change[column] = after;
        }
    }
}
