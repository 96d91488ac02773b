using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <content>What is to be stored, on which head, and for whom nothing is.</content>
internal sealed partial class ConversationWriter
{
    /// <summary>The head to plan on: what is remembered, unless that would refuse somebody.</summary>
    private async Task<ConversationHead?> HeadForAsync(List<PendingWrite> writes, CancellationToken cancellationToken) =>
        _head is { } known && writes.TrueForAll(write => RefusalOf(write, known) is null)
            ? known
            : _head = await ConversationRows.FindHeadAsync(_table, partition, cancellationToken);

    /// <summary>Answers the writes that this head does not allow, and prepares the first message of a conversation.</summary>
    private async Task RefuseAsync(List<PendingWrite> writes, ConversationHead? head, CancellationToken cancellationToken)
    {
        foreach (PendingWrite write in writes)
        {
            if (RefusalOf(write, head) is { } outcome)
            {
                await RefuseAsync(write, outcome, head, cancellationToken);
            }
            else if (head is null or { LastId: 0 } && write is PendingAppend { BeforeFirst: not null } first)
            {
                await PrepareAsync(first, cancellationToken);
            }
        }
    }

    /// <summary>What was stored before a block is answered as a repeat is: who got no answer then must not take it for refused.</summary>
    private async Task RefuseAsync(PendingWrite write, WriteOutcome outcome, ConversationHead? head, CancellationToken cancellationToken)
    {
        if (outcome is WriteOutcome.Blocked && write is PendingAppend { Marker: not null } append)
        {
            await AnswerIfRepeatAsync(append, cancellationToken);
        }

        write.Complete(new WriteResult(outcome, Head: outcome is WriteOutcome.Blocked ? head : null)); // Nothing, when it was answered.
    }

    private static WriteOutcome? RefusalOf(PendingWrite write, ConversationHead? head)
    {
        if (head is null)
        {
            return write is PendingAppend { BeforeFirst: not null } ? MissingFrom(write, lastId: 0) : WriteOutcome.Gone;
        }

        if (head.Id != write.Conversation || (head.IsClosed && write is not PendingChange))
        {
            return WriteOutcome.Gone;
        }

        if (head.IsBlocked && write.IsRefusedByBlock)
        {
            return WriteOutcome.Blocked;
        }

        return write.IsStale(head) ? WriteOutcome.Stale : MissingFrom(write, head.LastId);
    }

    private static WriteOutcome? MissingFrom(PendingWrite write, long lastId) => write.NeedsId > lastId ? WriteOutcome.Missing : null;

    private static async Task PrepareAsync(PendingAppend first, CancellationToken cancellationToken)
    {
        try
        {
            first.HeadValues = await first.BeforeFirst!(cancellationToken);
        }
        catch (Exception exception)
        {
            first.Fail(exception);
        }
    }

    /// <returns>Null when this head is not the newest, or when there is nothing to store and the write is answered.</returns>
    private async Task<WriteAttempt?> PlanAsync(ConversationHead? head, List<PendingWrite> writes, CancellationToken cancellationToken) => writes[0] switch
    {
        PendingChange change => WriteAttempt.OfChange(head!, change),
        PendingRevision revision => await PlanAsync(head!, revision, cancellationToken),
        _ => WriteAttempt.OfAppends(head, writes, WholeMilliseconds(time.GetUtcNow())),
    };

    /// <summary>Reads the message as it is under this head: each of its changes is a transaction with the head, so when this one is applied, none came between.</summary>
    private async Task<WriteAttempt?> PlanAsync(ConversationHead head, PendingRevision pending, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> target = await _table.GetEntityIfExistsAsync<TableEntity>(
            partition, Keys.Entry(head.Id.Log, pending.Revision.Target), cancellationToken: cancellationToken);
        Entry? message = target.HasValue ? EntryRow.Read(target.Value!) : null;
        if (message?.State.Revision > head.LastId)
        {
            return null; // Another instance has written since this head was read.
        }

        RevisionPlan plan = message is null
            ? new RevisionPlan(WriteOutcome.Missing)
            : pending.Revision.Plan(message, head.LastId + 1, WholeMilliseconds(time.GetUtcNow()));
        if (plan.Outcome is WriteOutcome.Done)
        {
            return WriteAttempt.OfRevision(head, pending, new RevisedRow(target.Value!, message!), plan);
        }

        pending.Complete(new WriteResult(plan.Outcome, plan.Message, head));
        return null;
    }

    /// <summary>What the wire shows, so that an entry reads the same in history as in the first answer.</summary>
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
}
