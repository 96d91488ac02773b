using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.PrivateChats;
using ServerlessChat.Tables;

namespace ServerlessChat.Signals;

/// <summary>How far the two of a private chat have read it: for themselves in the inbox, and for the other in a row beside the log.</summary>
internal sealed class PairReads(
    PrivateMessages privateMessages, InboxStore inbox, PairPositions positions, ConversationLog log, SignalRate rate, SignalPublisher publisher)
{
    /// <summary>
    /// Moves the caller's position forward; null when done. Three reads and two writes; one read more when this instance has not seen the entry, or there may be a block. While one of the two blocks
    /// the other, the position is the caller's own alone: one read and one write less.
    /// </summary>
    /// <returns>404 for a username of nobody; 400, also as long as there is no message; 429.</returns>
    public async Task<ApiProblem?> MarkAsync(Caller caller, string target, long? id, CancellationToken cancellationToken)
    {
        if (rate.Refuse(caller) is { } tooFast)
        {
            return tooFast;
        }

        return await privateMessages.FindReadableAsync(caller, target, cancellationToken) is { } other
            ? await MoveAsync(caller, other, id, cancellationToken)
            : ApiProblem.Of(Errors.NotFound);
    }

    /// <summary>The same for who is on the pair's channel: one read less.</summary>
    public async Task<ApiProblem?> MarkAsync(Caller caller, Correspondent other, long? id, CancellationToken cancellationToken) =>
        rate.Refuse(caller) ?? await MoveAsync(caller, other, id, cancellationToken);

    private async Task<ApiProblem?> MoveAsync(Caller caller, Correspondent other, long? id, CancellationToken cancellationToken)
    {
        var pair = ConversationId.Of(caller.Id, other.Id);
        ConversationHead? known = log.KnownHead(pair.Partition) is { } seen && id <= seen.LastId ? seen : null;
        ConversationHead? head = known ?? await log.ReadHeadAsync(pair.Partition, cancellationToken);
        if (ReadRules.Check(id, head?.LastId ?? 0) is { } wrong)
        {
            return wrong;
        }

        ReadRow own = inbox.ReadOfPrivate(caller.Username, other.Id);
        TableEntity? row = await FindOwnAsync(caller, other, own, cancellationToken);
        PrivateInboxRow? chat = row is null ? null : PrivateInboxRow.Read(row);
        if (known is not null && chat is { AsksHead: true })
        {
            head = await log.ReadHeadAsync(pair.Partition, cancellationToken);
        }

        Username name = chat?.Other ?? other.Username; // A socket may be older than the other's erasure, and its state still have the name that was theirs.
        bool isShared = caller.Id != other.Id && DeletedUser.IdPrefixOf(name) is null && head is { IsBlocked: false };
        Task<bool> showing = isShared ? ShowAsync(positions.Of(pair, caller.Id), id!.Value, cancellationToken) : Task.FromResult(false);
        bool hasMoved = await own.MoveAsync(row, id!.Value, cancellationToken) == true;
        if (await showing || hasMoved)
        {
            await publisher.ReadAsync(SignalScope.OfPair(pair, name.Text, isShared), caller, id.Value);
        }

        return null;
    }

    private static async Task<bool> ShowAsync(ReadRow shown, long id, CancellationToken cancellationToken) =>
        await shown.MoveAsync(await shown.FindAsync(cancellationToken), id, cancellationToken) == true;

    private async Task<TableEntity?> FindOwnAsync(Caller caller, Correspondent other, ReadRow own, CancellationToken cancellationToken)
    {
        TableEntity? row = await own.FindAsync(cancellationToken);
        if (row is null)
        {
            // The first message opened both inboxes before it was stored; a row that is gone all the same is made again.
            if (!await inbox.OpenAsync(caller.Id, caller.Username, other.Id, other.Username, cancellationToken))
            {
                throw new ApiProblemException(ApiProblem.Of(Errors.NotSignedIn));
            }

            row = await own.FindAsync(cancellationToken);
        }

        return row;
    }
}
