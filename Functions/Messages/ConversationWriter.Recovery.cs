using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <content>What a refused or unanswered transaction means, and what to do about it.</content>
internal sealed partial class ConversationWriter
{
    /// <summary>Whether a transaction without a clear answer was applied after all.</summary>
    private async Task<bool> WasHeardAsync(WriteAttempt unclear, ConversationHead? head, CancellationToken cancellationToken)
    {
        if (head is null)
        {
            // Gone, as the writer wanted; or, for an append, gone together with whatever was appended.
            return unclear.EndsConversation;
        }

        if (ConversationRows.IsLastOf(head, unclear.Commit))
        {
            return true;
        }

        if (unclear.Basis == head.ETag || unclear.Entries is not [{ } first, ..] || head.LastId < first.Id)
        {
            return false;
        }

        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(
            partition, Keys.Entry(head.Id.Log, first.Id), cancellationToken: cancellationToken);
        return row.HasValue && string.Equals(EntryRow.CommitOf(row.Value!), unclear.Commit, StringComparison.Ordinal);
    }

    /// <summary>Acts on a refusal, so that the next attempt can succeed or the write is answered.</summary>
    private async Task UnderstandAsync(
        WriteAttempt attempt, TableTransactionFailedException failure, int attempts, CancellationToken cancellationToken)
    {
        (PendingWrite? owner, TableEntity? row) = attempt.Find(failure.FailedTransactionActionIndex);
        switch (owner)
        {
            case not null when failure.Status is 400 or 413:
                owner.Fail(failure); // Storage takes the others'.
                break;
            case PendingChange change:
                change.Complete(new WriteResult(WriteOutcome.Conflict));
                break;
            case PendingAppend append when failure.Status == 409 && row == append.Join:
                attempt.ForgetJoin(append.Join!.RowKey); // Somebody has joined on another instance meanwhile.
                break;
            case PendingAppend append when failure.Status == 409 && string.Equals(row!.RowKey, append.Marker, StringComparison.Ordinal):
                await AnswerRepeatsAsync(attempt, cancellationToken);
                break;
            case null when failure.Status is 400 or 413:
                throw failure;
            default:
                _head = null;
                Log.Overtaken(logger, partition, attempts);
                await WaitForOthersAsync(attempts, cancellationToken);
                break;
        }
    }

    /// <summary>Answers every write of the attempt whose <c>client_id</c> is known with the message that was stored first.</summary>
    private Task AnswerRepeatsAsync(WriteAttempt attempt, CancellationToken cancellationToken) => Task.WhenAll(
        attempt.Appends.Where(append => append.Marker is not null).Select(append => AnswerIfRepeatAsync(append, cancellationToken)));

    private async Task AnswerIfRepeatAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> marker = await _table.GetEntityIfExistsAsync<TableEntity>(
            partition, append.Marker!, cancellationToken: cancellationToken);
        if (!marker.HasValue)
        {
            return;
        }

        string key = Keys.Entry(append.Conversation.Log, ConversationRows.MarkedId(marker.Value!));
        NullableResponse<TableEntity> entry = await _table.GetEntityIfExistsAsync<TableEntity>(
            partition, key, EntryRow.Columns, cancellationToken);
        if (entry.HasValue)
        {
            append.Complete(new WriteResult(WriteOutcome.Repeated, EntryRow.Read(entry.Value!)));
        }
    }

    /// <summary>A short, random wait that grows: two instances that collide should not collide again.</summary>
    private Task WaitForOthersAsync(int attempts, CancellationToken cancellationToken)
    {
#pragma warning disable CA5394 // Not a secret: it only spreads two instances' retries.
        double milliseconds = Random.Shared.NextDouble() * Math.Min(attempts * 5, 100);
#pragma warning restore CA5394
        return Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellationToken);
    }
}
