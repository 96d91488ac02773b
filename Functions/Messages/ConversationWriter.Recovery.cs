using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <content>What a refused or unanswered transaction means, and what to do about it.</content>
internal sealed partial class ConversationWriter
{
    /// <summary>Whether a transaction without a clear answer was applied after all.</summary>
    private async Task<bool> WasHeardAsync(WriteAttempt unclear, ConversationHead? head)
    {
        if (head is null)
        {
            // Gone, as the writer wanted; or, for an append, gone together with whatever was appended.
            return unclear.EndsConversation;
        }

        if (string.Equals(head.Commit, unclear.Commit, StringComparison.Ordinal))
        {
            return true;
        }

        if (unclear.Basis == head.ETag || unclear.Entries is not [{ } first, ..] || head.LastId < first.Id)
        {
            return false;
        }

        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, Keys.Entry(head.Id.Log, first.Id));
        return row.HasValue && string.Equals(ConversationRows.CommitOf(row.Value!), unclear.Commit, StringComparison.Ordinal);
    }

    /// <summary>Acts on a refusal, so that the next attempt can succeed or the write is answered.</summary>
    private async Task UnderstandAsync(WriteAttempt attempt, TableTransactionFailedException failure, int attempts)
    {
        PendingWrite? owner = failure.FailedTransactionActionIndex is { } index && index < attempt.Owners.Count ? attempt.Owners[index] : null;
        switch (owner)
        {
            case PendingChange change:
                change.Complete(new WriteResult(WriteOutcome.Conflict));
                break;
            case PendingAppend append when IsRowOf(append.Join, attempt, failure):
                append.Join = null;
                break;
            case PendingAppend { Marker: not null } when IsMarker(attempt, failure):
                await AnswerRepeatsAsync(attempt);
                break;
            default:
                _head = null;
                Log.Overtaken(logger, partition, attempts);
                await WaitForOthersAsync(attempts);
                break;
        }
    }

    private static bool IsRowOf(TableEntity? row, WriteAttempt attempt, TableTransactionFailedException failure) =>
        row is not null && failure.Status == 409 && attempt.Actions[failure.FailedTransactionActionIndex!.Value].Entity == row;

    private static bool IsMarker(WriteAttempt attempt, TableTransactionFailedException failure) =>
        failure.Status == 409
        && attempt.Actions[failure.FailedTransactionActionIndex!.Value].Entity.RowKey.StartsWith("sent-", StringComparison.Ordinal);

    /// <summary>Answers every write of the attempt whose <c>client_id</c> is known with the message that was stored first.</summary>
    private Task AnswerRepeatsAsync(WriteAttempt attempt) =>
        Task.WhenAll(attempt.Owners.OfType<PendingAppend>().Where(append => append.Marker is not null).Distinct().Select(AnswerIfRepeatAsync));

    private async Task AnswerIfRepeatAsync(PendingAppend append)
    {
        NullableResponse<TableEntity> marker = await _table.GetEntityIfExistsAsync<TableEntity>(partition, append.Marker!);
        if (!marker.HasValue)
        {
            return;
        }

        string key = Keys.Entry(append.Conversation.Log, ConversationRows.MarkedId(marker.Value!));
        NullableResponse<TableEntity> entry = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, ConversationRows.EntryColumns);
        if (entry.HasValue)
        {
            append.Complete(new WriteResult(WriteOutcome.Repeated, ConversationRows.ReadEntry(entry.Value!)));
        }
    }

    /// <summary>A short, random wait that grows: two instances that collide should not collide again.</summary>
    private Task WaitForOthersAsync(int attempts)
    {
#pragma warning disable CA5394 // Not a secret: it only spreads two instances' retries.
        double milliseconds = Random.Shared.NextDouble() * Math.Min(attempts * 5, 100);
#pragma warning restore CA5394
        return Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time);
    }
}
