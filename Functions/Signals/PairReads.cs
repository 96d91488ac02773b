using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;
using ServerlessChat.Tables;

namespace ServerlessChat.Signals;

/// <summary>How far the two of a private chat have read it: for themselves in the inbox, and for the other in a row beside the log.</summary>
internal sealed class PairReads(
    PrivateMessages privateMessages, InboxStore inbox, PairPositions positions, ConversationLog log, SignalRate rate, SignalPublisher publisher)
{
    /// <summary>Moves the caller's position forward; null when done. Three reads (one more when this instance has not seen the chat) and two writes.</summary>
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
        ConversationHead? head = log.KnownHead(pair.Partition) is { } known && id <= known.LastId
            ? known
            : await log.ReadHeadAsync(pair.Partition, cancellationToken);
        if (ReadRules.Check(id, head?.LastId ?? 0) is { } wrong)
        {
            return wrong;
        }

        bool isAlone = caller.Id == other.Id;
        Task<bool> showing = isAlone ? Task.FromResult(false) : ShowAsync(positions.Of(pair, caller.Id), id!.Value, cancellationToken);
        bool hasMoved = await MoveOwnAsync(caller, other, id!.Value, cancellationToken);
        if (await showing || hasMoved)
        {
            await publisher.ReadAsync(SignalScope.OfPair(pair, other.Username.Text, isAlone), caller, id.Value);
        }

        return null;
    }

    private static async Task<bool> ShowAsync(ReadRow shown, long id, CancellationToken cancellationToken) =>
        await shown.MoveAsync(await shown.FindAsync(cancellationToken), id, cancellationToken) == true;

    private async Task<bool> MoveOwnAsync(Caller caller, Correspondent other, long id, CancellationToken cancellationToken)
    {
        ReadRow own = inbox.ReadOfPrivate(caller.Username, other.Id);
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

        return await own.MoveAsync(row, id, cancellationToken) == true;
    }
}
