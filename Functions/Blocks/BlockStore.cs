using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Inbox;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Blocks;

/// <summary>The rows of a block in both people's partitions. The truth is the pair's head.</summary>
/// <remarks>
/// The order is that of the inbox: doubt, truth, settle. What is added is added in one transaction with <see cref="Keys.InboxOwner"/>, so that an erasure, which removes that row first, finds all there is.
/// </remarks>
public sealed class BlockStore(ChatTables tables, TimeProvider time)
{
    /// <summary>People whom one person may block. They are listed in one answer, and an erasure goes through them.</summary>
    public const int MaxBlocks = 1_000;

    private static readonly string[] Columns =
        ["PartitionKey", "RowKey", "Timestamp", "OtherId", "Other", AccountRow.DisplayName, BlockRow.BlockedAt, .. Doubt.Columns];

    /// <summary>All blocks of a person, in no order that means anything. One operation for 1,000.</summary>
    public async Task<IReadOnlyList<BlockRow>> ReadAsync(Username user, CancellationToken cancellationToken)
    {
        var rows = new List<BlockRow>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.User(user)} and RowKey ge {Keys.Blocks} and RowKey lt {Keys.After(Keys.Blocks)}");
        await foreach (TableEntity row in tables.Users.QueryAsync<TableEntity>(filter, maxPerPage: null, Columns, cancellationToken))
        {
            rows.Add(BlockRow.Read(row));
        }

        return rows;
    }

    /// <summary>Notes in the other's partition that somebody blocks them. One operation.</summary>
    /// <param name="isBegun">Whether the two have a conversation.</param>
    /// <returns>What removes this note and no later one; null when the other does not exist (any more).</returns>
    public Task<ETag?> NoteBlockerAsync(AccountProfile other, Caller blocker, bool isBegun, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.User(other.Username), Keys.Blocker(blocker.Id)) { [BlockerRow.OtherPartition] = Keys.User(blocker.Username) };
        Doubt.Put(row, DoubtCause.Addition, time.GetUtcNow());
        return AddAsync(other.Id, row, isBegun ? blocker.Id : null, cancellationToken);
    }

    /// <summary>Puts a block that is about to be made into its owner's partition, in doubt. One operation.</summary>
    /// <param name="isBegun">Whether the two have a conversation.</param>
    /// <returns>What settles or removes this doubt and no later one; null when the caller's account does not exist any more.</returns>
    public Task<ETag?> DoubtAsync(Caller caller, AccountProfile other, bool isBegun, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var row = new TableEntity(Keys.User(caller.Username), Keys.Block(other.Id))
        {
            ["OtherId"] = other.Id.Value,
            ["Other"] = other.Username.Text,
            [AccountRow.DisplayName] = other.DisplayName,
            [BlockRow.BlockedAt] = now,
        };
        Doubt.Put(row, DoubtCause.Addition, now);
        return AddAsync(caller.Id, row, isBegun ? other.Id : null, cancellationToken);
    }

    /// <summary>Puts a row of a block that is about to be lifted in doubt. One operation.</summary>
    /// <returns>What removes the row as long as nobody doubts it anew; null when there is no such row.</returns>
    public async Task<ETag?> DoubtAsync(Username user, string rowKey, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.User(user), rowKey);
        Doubt.Put(row, DoubtCause.Change, time.GetUtcNow());
        ETag? doubt = null;
        await ConditionalWrite.TryAsync(async () =>
        {
            Response answer = await tables.Users.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken);
            doubt = answer.Headers.ETag;
            return answer;
        });
        return doubt;
    }

    /// <summary>The block stands. One operation; nothing happens when somebody doubted it since.</summary>
    public Task SettleAsync(Username user, string rowKey, ETag doubt, CancellationToken cancellationToken)
    {
        var settled = new TableEntity(Keys.User(user), rowKey);
        Doubt.Settle(settled);
        return ConditionalWrite.TryAsync(() => tables.Users.UpdateEntityAsync(settled, doubt, TableUpdateMode.Merge, cancellationToken));
    }

    /// <summary>Removes a row. One operation; nothing happens when somebody doubted it since.</summary>
    public Task RemoveAsync(Username user, string rowKey, ETag doubt, CancellationToken cancellationToken) =>
        ConditionalWrite.TryAsync(() => tables.Users.DeleteEntityAsync(Keys.User(user), rowKey, doubt, cancellationToken));

    /// <summary>Takes an erased person's names out of somebody's block of them. One operation; nothing happens when there is none.</summary>
    /// <param name="partition">The blocker's.</param>
    public Task TakeNamesAsync(string partition, AccountId erased, CancellationToken cancellationToken)
    {
        var row = new TableEntity(partition, Keys.Block(erased)) { ["Other"] = DeletedUser.UsernameOf(erased).Text, [AccountRow.DisplayName] = DeletedUser.Name };
        return ConditionalWrite.TryAsync(() => tables.Users.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken));
    }

    /// <param name="chat">Whose chat with the person is to be marked; null when there is none.</param>
    private async Task<ETag?> AddAsync(AccountId owner, TableEntity row, AccountId? chat, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity(row.PartitionKey, Keys.InboxOwner(owner)) { ["DoubtAt"] = time.GetUtcNow() }, ETag.All),
            new(TableTransactionActionType.UpsertMerge, row),
        ];
        if (chat is { } other)
        {
            var mark = new TableEntity(row.PartitionKey, Keys.InboxPrivate(other)) { [PrivateInboxRow.HadBlockColumn] = true };
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpdateMerge, mark, ETag.All));
        }

        try
        {
            Response<IReadOnlyList<Response>> answer = await tables.Users.SubmitTransactionAsync(actions, cancellationToken);
            return answer.Value[1].Headers.ETag;
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            // Without a row of the chat there is nothing to mark.
            return failure.FailedTransactionActionIndex == 2 ? await AddAsync(owner, row, chat: null, cancellationToken) : null;
        }
    }
}
