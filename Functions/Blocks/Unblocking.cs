using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Blocks;

/// <summary>Lifts blocks. The moment is the one at which the pair's head no longer says so.</summary>
public sealed class Unblocking(AccountStore accounts, BlockStore store, ConversationLog log, Drafts drafts)
{
    /// <summary>Lifts a block; null when done, or when there was none. Three reads when there was none; else three reads and five writes.</summary>
    /// <returns>400 for oneself; 401 when the caller's account is gone; 404 for the name of nobody who is there or blocked; 429.</returns>
    public async Task<ApiProblem?> UnblockAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (Blocking.Refuse(caller, target, drafts) is { } wrong)
        {
            return wrong;
        }

        Task<AccountProfile?> finding = accounts.FindAsync(caller, cancellationToken);
        (AccountId Id, Username? Username)? other = await FindOtherAsync(caller, target, cancellationToken);
        if (await finding is null)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        if (other is not { } found)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        await UnblockAsync(caller, found.Id, found.Username, cancellationToken);
        return null;
    }

    /// <param name="username">Null when the other is erased: the erasure takes what is in their partition.</param>
    private async Task UnblockAsync(Caller caller, AccountId other, Username? username, CancellationToken cancellationToken)
    {
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            ConversationHead? head = await log.ReadHeadAsync(Keys.Pair(caller.Id, other), cancellationToken);
            if (head?.Blockers.Has(caller.Id) != true)
            {
                return; // What this has put in doubt may be of a block that is being made; the list asks the head about it.
            }

            ETag?[] doubts = await Task.WhenAll(
                store.DoubtAsync(caller.Username, Keys.Block(other), cancellationToken),
                username is null ? Task.FromResult<ETag?>(null) : store.DoubtAsync(username, Keys.Blocker(caller.Id), cancellationToken));
            if (await TryLiftAsync(log, head, caller.Id, cancellationToken))
            {
                await Task.WhenAll(
                    doubts is [{ } own, _] ? store.RemoveAsync(caller.Username, Keys.Block(other), own, CancellationToken.None) : Task.CompletedTask,
                    doubts is [_, { } note] ? store.RemoveAsync(username!, Keys.Blocker(caller.Id), note, CancellationToken.None) : Task.CompletedTask);
                return;
            }
        }

        throw PendingWrite.Unavailable();
    }

    /// <summary>The truth. A head that was there for the block alone is removed: the two are as if there had been none.</summary>
    /// <returns>False: the conversation has changed; look again.</returns>
    internal static async Task<bool> TryLiftAsync(ConversationLog log, ConversationHead head, AccountId blocker, CancellationToken cancellationToken)
    {
        Blockers left = head.Blockers.Without(blocker);
        ConversationChange change = left.IsEmpty && head.LastId == 0
            ? new ConversationChange { EndsConversation = true, IfUnchanged = true }
            : new ConversationChange { HeadValues = left.ToHeadValues() };
        return (await log.ChangeAsync(head, change, cancellationToken)).Outcome is WriteOutcome.Done;
    }

    /// <summary>Whom a name means: whoever has it; else somebody erased, as the list of blocks has them.</summary>
    private async Task<(AccountId Id, Username? Username)?> FindOtherAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (Username.Parse(target) is not { } username)
        {
            return null;
        }

        if (DeletedUser.IdPrefixOf(username) is null && await accounts.FindAsync(username, cancellationToken) is { } account)
        {
            return (account.Id, account.Username);
        }

        IReadOnlyList<BlockRow> rows = await store.ReadAsync(caller.Username, cancellationToken);
        return rows.FirstOrDefault(row => row.Other == username) is { } erased ? (erased.OtherId, null) : null;
    }
}
