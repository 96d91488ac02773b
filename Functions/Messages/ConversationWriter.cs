using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>The one writer of a conversation in this instance.</summary>
/// <remarks>
/// <para>It takes all that waits (group commit) and stores it as one transaction with the head, conditional on the head's ETag. So ids have no
/// hole and no duplicate whatever other instances do: who loses reads the head and numbers again.</para>
/// <para>A transaction that got no clear answer may have been applied, or may yet be. It is then sent again exactly as it was, as long as the head
/// it is conditional on stands; and found by its commit id when that head is gone.</para>
/// </remarks>
internal sealed partial class ConversationWriter(string partition, ChatTables tables, IPublisher publisher, TimeProvider time, ILogger logger)
{
    /// <summary>Attempts of one transaction against other instances.</summary>
    private const int MaxAttempts = 40;

    /// <summary>Attempts of one transaction against a storage that does not answer; each is retried by the client already.</summary>
    private const int MaxUnclear = 4;

    private readonly WriteQueue _queue = new(time);
    private readonly TableClient _table = tables.Conversations;
    private volatile ConversationHead? _head;
    private volatile Task _published = Task.CompletedTask;
    private int _unpublished;

    private enum Answer
    {
        Stored,
        Refused,
        Unclear,
    }

    /// <summary>The head as this instance last saw it; null when it does not know. Another instance may have written since.</summary>
    public ConversationHead? Known => _head;

    /// <summary>Whether it has nothing to write and nothing to publish.</summary>
    public bool IsIdle => _queue.IsIdle && _published.IsCompleted;

    /// <summary>Remembers a head that was read, unless a write is under way, which knows better.</summary>
    public void Learn(ConversationHead? head)
    {
        if (_queue.IsIdle)
        {
            _head = head;
        }
    }

    /// <summary>Puts a write in the queue: it ends when it is stored and published, or refused. False when too much waits, to be stored or to be published.</summary>
    /// <remarks>A change is never refused for what waits to be published: a removal is wanted most when too much is said.</remarks>
    public bool TryWrite(PendingWrite write)
    {
        if ((write is not PendingChange && Volatile.Read(ref _unpublished) >= WriteQueue.MaxWaiting) || !_queue.TryAdd(write, out bool starts))
        {
            return false;
        }

        if (starts)
        {
            // The loop serves many requests: it must not run in the first one's context.
            using AsyncFlowControl withoutContext = ExecutionContext.SuppressFlow();
            _ = Task.Run(RunAsync);
        }

        return true;
    }

    private async Task RunAsync()
    {
        while (_queue.Take() is { Count: > 0 } writes)
        {
            using var limit = new CancellationTokenSource(PendingWrite.Patience, time);
            try
            {
                await CommitAsync(writes, limit.Token);
            }
            catch (Exception exception)
            {
                _head = null;
                Log.Failed(logger, exception, partition, writes.Count);
                writes.ForEach(write => write.Fail(exception));
            }
        }
    }

    private async Task CommitAsync(List<PendingWrite> writes, CancellationToken cancellationToken)
    {
        WriteAttempt? unclear = null;
        int unclears = 0;
        for (int attempts = 1; attempts <= MaxAttempts && unclears < MaxUnclear; attempts++)
        {
            ConversationHead? head = await HeadForAsync(writes, cancellationToken);
            if (unclear is not null && await WasHeardAsync(unclear, head, cancellationToken))
            {
                Succeed(unclear, head);
                return;
            }

            await RefuseAsync(writes, head, cancellationToken);
            writes.RemoveAll(write => write.IsOver);
            if (writes.Count == 0)
            {
                return;
            }

            WriteAttempt? attempt = unclear is not null && unclear.Basis == head?.ETag ? unclear : await PlanAsync(head, writes, cancellationToken);
            if (attempt is null)
            {
                if (writes.TrueForAll(write => write.IsOver))
                {
                    return;
                }

                _head = null;
                continue;
            }

            Answer answer = await TryAsync(attempt, attempts, cancellationToken);
            if (answer is Answer.Stored)
            {
                return;
            }

            // One that was sent again and then found the head gone: it may be its first sending that moved it.
            bool mayBeHeard = answer is Answer.Unclear || (ReferenceEquals(attempt, unclear) && _head is null);
            unclear = mayBeHeard ? attempt : null;
            unclears += answer is Answer.Unclear ? 1 : 0;
        }

        Log.GivenUp(logger, partition, writes.Count);
        writes.ForEach(write => write.FailUnavailable());
    }

    private async Task<Answer> TryAsync(WriteAttempt attempt, int attempts, CancellationToken cancellationToken)
    {
        try
        {
            Succeed(attempt, await SubmitAsync(attempt, cancellationToken));
            return Answer.Stored;
        }
        catch (TableTransactionFailedException failure) when (failure.Status is 404 or 409 or 412 && failure.WasRetried)
        {
            // The refusal may be our own first try's doing: read, and decide with open eyes.
            _head = null;
            return Answer.Unclear;
        }
        catch (TableTransactionFailedException failure) when (failure.Status is 400 or 404 or 409 or 412 or 413)
        {
            await UnderstandAsync(attempt, failure, attempts, cancellationToken);
            return Answer.Refused;
        }
        catch (RequestFailedException failure) when (failure.Status is 0 or 408 or 429 or >= 500)
        {
            Log.Unclear(logger, partition, failure.Status, failure.ErrorCode);
            _head = null;
            return Answer.Unclear;
        }
    }

    private async Task<ConversationHead?> SubmitAsync(WriteAttempt attempt, CancellationToken cancellationToken)
    {
        Response<IReadOnlyList<Response>> answer = await _table.SubmitTransactionAsync(attempt.Actions, cancellationToken);
        return attempt.EndsConversation ? null : attempt.HeadAfter(answer.Value[0].Headers.ETag!.Value);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No clear answer to a transaction of conversation {Partition}: {Status} {ErrorCode}.")]
        public static partial void Unclear(ILogger logger, string partition, int status, string? errorCode);

        [LoggerMessage(2, LogLevel.Error, "Publishing to conversation {Partition} failed; the message is stored.")]
        public static partial void PublishFailed(ILogger logger, Exception exception, string partition);

        [LoggerMessage(3, LogLevel.Debug, "Another instance wrote to conversation {Partition} first (attempt {Attempt}).")]
        public static partial void Overtaken(ILogger logger, string partition, int attempt);

        [LoggerMessage(4, LogLevel.Warning, "Gave up {Writes} writes of conversation {Partition}: too many attempts.")]
        public static partial void GivenUp(ILogger logger, string partition, int writes);

        [LoggerMessage(5, LogLevel.Warning, "{Writes} writes of conversation {Partition} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string partition, int writes);

        [LoggerMessage(6, LogLevel.Error, "What follows from a change of conversation {Partition} failed; the change is stored.")]
        public static partial void FollowFailed(ILogger logger, Exception exception, string partition);
    }
}
