using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Blocks;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Storage;

namespace ServerlessChat.Erasing;

/// <summary>Takes an erased person out of blocks: theirs are lifted, and in those of others their name is taken away.</summary>
public sealed class BlockErasure(BlockStore store, ConversationLog log, TimeProvider time)
{
    /// <summary>Lifts a block of theirs.</summary>
    /// <returns>Whether nothing is left to do: the row that led here can go. False while the block may yet come about.</returns>
    public async Task<bool> LiftAsync(AccountId person, BlockRow row, CancellationToken cancellationToken)
    {
        string pair = Keys.Pair(person, row.OtherId);
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            ConversationHead? head = await log.ReadHeadAsync(pair, cancellationToken);
            if (head?.Blockers.Has(person) != true || await Unblocking.TryLiftAsync(log, head, person, cancellationToken))
            {
                await store.RemoveAsync(row.Other, Keys.Blocker(person), ETag.All, cancellationToken);
                return row.Doubt is null || row.Doubt.IsOld(time.GetUtcNow());
            }
        }

        throw PendingWrite.Unavailable();
    }

    /// <summary>Takes their names out of the row of somebody who blocks them; the block itself is its owner's to lift.</summary>
    /// <returns>As <see cref="LiftAsync"/>: false while a row with their names may yet be written.</returns>
    public async Task<bool> TakeNamesAsync(AccountId person, BlockerRow row, CancellationToken cancellationToken)
    {
        await store.TakeNamesAsync(row.Partition, person, cancellationToken);
        return row.Doubt is null || row.Doubt.IsOld(time.GetUtcNow());
    }
}
