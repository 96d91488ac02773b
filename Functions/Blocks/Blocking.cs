using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Blocks;

/// <summary>Blocks people, and lifts blocks. The moment is the one at which the pair's head says so.</summary>
public sealed class Blocking(AccountStore accounts, BlockStore store, ConversationLog log, Drafts drafts)
{
    /// <summary>Blocks somebody; null when done, or when it was so. Two reads when it was so; else two reads, one query, two transactions of rows, that of the head, and one write.</summary>
    /// <returns>400 for oneself; 401 when the caller's account is gone; 404 for nobody's name; 409 for one too many; 429.</returns>
    public async Task<ApiProblem?> BlockAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (Refuse(caller, target) is { } wrong)
        {
            return wrong;
        }

        return Username.Parse(target) is { } username && await accounts.FindAsync(username, cancellationToken) is { } other
            ? await BlockAsync(caller, other, cancellationToken)
            : ApiProblem.Of(Errors.NotFound);
    }

    /// <summary>Lifts a block; null when done, or when there was none. Three reads when there was none; else three reads and five writes.</summary>
    /// <returns>400 for oneself; 401 when the caller's account is gone; 404 for the name of nobody who is there or blocked; 429.</returns>
    public async Task<ApiProblem?> UnblockAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (Refuse(caller, target) is { } wrong)
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

    private ApiProblem? Refuse(Caller caller, string target) => Username.Parse(target) == caller.Username
        ? ApiProblem.Field("username", "Nobody blocks themselves.")
        : drafts.TooFast(caller);

    private async Task<ApiProblem?> BlockAsync(Caller caller, AccountProfile other, CancellationToken cancellationToken)
    {
        var pair = ConversationId.Of(caller.Id, other.Id);
        ETag? doubt = null;
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            ConversationHead? head = await log.ReadHeadAsync(pair.Partition, cancellationToken);
            bool stands = head?.Blockers.Has(caller.Id) == true;
            if (!stands)
            {
                (ApiProblem? problem, doubt) = await PrepareAsync(caller, other, isBegun: head is { LastId: > 0 }, doubt, cancellationToken);
                if (problem is not null)
                {
                    return problem;
                }

                stands = await TryBlockAsync(pair, head, caller.Id, cancellationToken);
            }

            if (stands)
            {
                await (doubt is { } etag ? store.SettleAsync(caller.Username, Keys.Block(other.Id), etag, CancellationToken.None) : Task.CompletedTask);
                return null;
            }
        }

        throw PendingWrite.Unavailable();
    }

    /// <summary>Puts the rows of a block into both partitions. The other's first: from then on their erasure knows where their name is.</summary>
    /// <param name="before">The doubt of a decision before this one; null for none.</param>
    /// <returns>The caller's row in doubt; or why there is none.</returns>
    private async Task<(ApiProblem? Problem, ETag? Doubt)> PrepareAsync(Caller caller, AccountProfile other, bool isBegun, ETag? before, CancellationToken cancellationToken)
    {
        if (before is null && await IsFullAsync(caller, other.Id, cancellationToken))
        {
            return (ApiProblem.Of(Errors.TooManyBlocks), null);
        }

        if (await store.NoteBlockerAsync(other, caller, isBegun, cancellationToken) is not { } note)
        {
            await (before is { } row ? store.RemoveAsync(caller.Username, Keys.Block(other.Id), row, CancellationToken.None) : Task.CompletedTask);
            return (ApiProblem.Of(Errors.NotFound), null);
        }

        if (await store.DoubtAsync(caller, other, isBegun, cancellationToken) is { } doubt)
        {
            return (null, doubt);
        }

        await store.RemoveAsync(other.Username, Keys.Blocker(caller.Id), note, CancellationToken.None);
        return (ApiProblem.Of(Errors.NotSignedIn), null);
    }

    /// <summary>The truth. A pair without a head gets one, which has no messages yet.</summary>
    private async Task<bool> TryBlockAsync(ConversationId pair, ConversationHead? head, AccountId blocker, CancellationToken cancellationToken) => head is null
        ? await log.TryCreateAsync(pair, Blockers.Of(blocker).ToHeadValues(), [], cancellationToken)
        : (await log.ChangeAsync(head, new ConversationChange { HeadValues = head.Blockers.With(blocker).ToHeadValues() }, cancellationToken)).Outcome is WriteOutcome.Done;

    /// <param name="username">Null when the other is erased: the erasure takes what is in their partition.</param>
    private async Task UnblockAsync(Caller caller, AccountId other, Username? username, CancellationToken cancellationToken)
    {
        ETag?[] doubts = [];
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            ConversationHead? head = await log.ReadHeadAsync(Keys.Pair(caller.Id, other), cancellationToken);
            bool isLifted = head?.Blockers.Has(caller.Id) != true;
            if (!isLifted)
            {
                doubts = await Task.WhenAll(
                    store.DoubtAsync(caller.Username, Keys.Block(other), cancellationToken),
                    username is null ? Task.FromResult<ETag?>(null) : store.DoubtAsync(username, Keys.Blocker(caller.Id), cancellationToken));
                isLifted = await TryLiftAsync(log, head!, caller.Id, cancellationToken);
            }

            if (isLifted)
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

    private async Task<bool> IsFullAsync(Caller caller, AccountId other, CancellationToken cancellationToken) =>
        (await store.ReadAsync(caller.Username, cancellationToken)).Count(row => row.OtherId != other) >= BlockStore.MaxBlocks;
}
