using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Blocks;

/// <summary>Blocks people. The moment is the one at which the pair's head says so.</summary>
public sealed class Blocking(AccountStore accounts, BlockStore store, ConversationLog log, Drafts drafts)
{
    /// <summary>Blocks somebody; null when done, or when it was so. Two reads when it was so; else two reads, one query, two transactions of rows, that of the head, and one write.</summary>
    /// <returns>400 for oneself; 401 when the caller's account is gone; 404 for nobody's name; 409 for one too many; 429.</returns>
    public async Task<ApiProblem?> BlockAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (Refuse(caller, target, drafts) is { } wrong)
        {
            return wrong;
        }

        return Username.Parse(target) is { } username && await accounts.FindAsync(username, cancellationToken) is { } other
            ? await BlockAsync(caller, other, cancellationToken)
            : ApiProblem.Of(Errors.NotFound);
    }

    /// <summary>What nobody can do, or not so fast.</summary>
    internal static ApiProblem? Refuse(Caller caller, string target, Drafts drafts) => Username.Parse(target) == caller.Username
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

    /// <summary>The truth. A pair without a head gets one, which has no messages yet. Such a one may go and another come at the same version, so it has to be the very one that was read.</summary>
    private async Task<bool> TryBlockAsync(ConversationId pair, ConversationHead? head, AccountId blocker, CancellationToken cancellationToken) => head is null
        ? await log.TryCreateAsync(pair, Blockers.Of(blocker).ToHeadValues(), [], cancellationToken)
        : (await log.ChangeAsync(head, new ConversationChange { HeadValues = head.Blockers.With(blocker).ToHeadValues(), IfUnchanged = head.LastId == 0 }, cancellationToken)).Outcome is WriteOutcome.Done;

    private async Task<bool> IsFullAsync(Caller caller, AccountId other, CancellationToken cancellationToken) =>
        (await store.ReadAsync(caller.Username, cancellationToken)).Count(row => row.OtherId != other) >= BlockStore.MaxBlocks;
}
