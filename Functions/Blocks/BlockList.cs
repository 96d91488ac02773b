using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Storage;

namespace ServerlessChat.Blocks;

/// <summary>Whom somebody blocks. A row in doubt costs one read: it is shown as the head says, and settled or removed here, one write, once no writer can be behind the doubt.</summary>
public sealed class BlockList(AccountStore accounts, BlockStore store, ConversationLog log, TimeProvider time)
{
    /// <summary>The newest first. One read and one query.</summary>
    /// <returns>401 when the account is gone.</returns>
    public async Task<Outcome<BlockListResponse>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        Task<AccountProfile?> finding = accounts.FindAsync(caller, cancellationToken);
        IReadOnlyList<BlockRow> rows = await store.ReadAsync(caller.Username, cancellationToken);
        return await finding is null
            ? ApiProblem.Of(Errors.NotSignedIn)
            : new BlockListResponse([.. (await ShowAsync(caller, rows, cancellationToken)).Select(BlockResponse.Of)]);
    }

    /// <summary>Those of the rows that stand, the newest first.</summary>
    public async Task<IReadOnlyList<BlockRow>> ShowAsync(Caller caller, IReadOnlyList<BlockRow> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<BlockRow> shown = await ParallelReads.AllAsync(rows, row => FindAsync(caller, row, cancellationToken), cancellationToken);
        return [.. shown.OrderByDescending(row => row.At).ThenBy(row => row.RowKey, StringComparer.Ordinal)];
    }

    private async Task<BlockRow?> FindAsync(Caller caller, BlockRow row, CancellationToken cancellationToken)
    {
        if (row.Doubt is not { } doubt)
        {
            return row;
        }

        ConversationHead? head = await log.ReadHeadAsync(Keys.Pair(caller.Id, row.OtherId), cancellationToken);
        if (head?.Blockers.Has(caller.Id) == true)
        {
            await (doubt.MayBeSettled(time.GetUtcNow()) ? store.SettleAsync(caller.Username, row.RowKey, row.ETag, cancellationToken) : Task.CompletedTask);
            return row;
        }

        await (doubt.IsOld(time.GetUtcNow()) ? store.RemoveAsync(caller.Username, row.RowKey, row.ETag, cancellationToken) : Task.CompletedTask);
        return null;
    }
}
