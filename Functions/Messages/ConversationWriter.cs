using Azure;
using ServerlessChat.Hosting;
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
    /// <summary>Appends in one transaction: with head, markers and joins well under Table Storage's 100 operations.</summary>
    private const int MaxAppends = 32;

    /// <summary>UTF-16 characters in one transaction: at most 6 bytes each in JSON, well under Table Storage's 4 MiB.</summary>
    private const int MaxCharacters = 400_000;

    /// <summary>Attempts of one transaction, against other instances and a storage that does not answer.</summary>
    private const int MaxAttempts = 40;
    private const int MaxUnclear = 4;

    private readonly Lock _gate = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private readonly TableClient _table = tables.Conversations;
    private bool _running;
    private volatile ConversationHead? _head;
    private Task _published = Task.CompletedTask;

    /// <summary>The head as this instance last saw it; null when it does not know. Another instance may have written since.</summary>
    public ConversationHead? Known => _head;

    /// <summary>Whether nothing waits and nothing is being written.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_running;
            }
        }
    }

    /// <summary>Puts a write in the queue; the task ends when it is stored and published, or refused.</summary>
    public Task<WriteResult> WriteAsync(PendingWrite write)
    {
        lock (_gate)
        {
            _waiting.Enqueue(write);
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync);
            }
        }

        return write.Completion;
    }

    /// <summary>Reads the head, and remembers it unless a write is under way.</summary>
    public async Task<ConversationHead?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, Keys.Head, cancellationToken: cancellationToken);
        ConversationHead? head = row.HasValue ? ConversationRows.ReadHead(row.Value!) : null;
        lock (_gate)
        {
            if (!_running)
            {
                _head = head;
            }
        }

        return head;
    }

    private async Task RunAsync()
    {
        while (TakeWaiting() is { Count: > 0 } writes)
        {
            try
            {
                await CommitAsync(writes);
            }
            catch (Exception exception)
            {
                _head = null;
                writes.ForEach(write => write.Fail(exception));
            }
        }
    }

    /// <summary>The next writes that one transaction can hold; empty ends the loop.</summary>
    private List<PendingWrite> TakeWaiting()
    {
        var taken = new List<PendingWrite>();
        int characters = 0;
        lock (_gate)
        {
            while (taken.Count < MaxAppends && _waiting.TryPeek(out PendingWrite? next) && FitsWith(taken, next, ref characters))
            {
                taken.Add(_waiting.Dequeue());
            }

            _running = taken.Count > 0;
        }

        return taken;
    }

    private static bool FitsWith(List<PendingWrite> taken, PendingWrite next, ref int characters)
    {
        if (taken.Count == 0)
        {
            characters = (next as PendingAppend)?.Message.Text.Length ?? 0;
            return true;
        }

        if (taken[0] is not PendingAppend || next is not PendingAppend append || append.Conversation != taken[0].Conversation)
        {
            return false;
        }

        characters += append.Message.Text.Length;
        return characters <= MaxCharacters;
    }

    private async Task CommitAsync(List<PendingWrite> writes)
    {
        WriteAttempt? unclear = null;
        int unclears = 0;
        for (int attempts = 1; attempts <= MaxAttempts; attempts++)
        {
            ConversationHead? head = _head ?? await ReadHeadForWriteAsync();
            if (unclear is not null && await WasHeardAsync(unclear, head))
            {
                Succeed(unclear, head);
                return;
            }

            await RefuseAsync(writes, head);
            if (writes.TrueForAll(write => write.IsOver))
            {
                return;
            }

            writes.RemoveAll(write => write.IsOver);
            WriteAttempt attempt = unclear is not null && unclear.Basis == head?.ETag ? unclear : Plan(head, writes);
            unclear = null;
            try
            {
                Succeed(attempt, await SubmitAsync(attempt));
                return;
            }
            catch (TableTransactionFailedException failure) when (failure.Status is 404 or 409 or 412)
            {
                if (failure.WasRetried)
                {
                    // The refusal may be our own first try's doing: read, and decide with open eyes.
                    (_head, unclear) = (null, attempt);
                }
                else
                {
                    await UnderstandAsync(attempt, failure, attempts);
                }
            }
            catch (RequestFailedException failure) when (failure.Status is 0 or 408 or 429 or >= 500 && ++unclears < MaxUnclear)
            {
                Log.Unclear(logger, partition, failure.Status, failure.ErrorCode);
                _head = null;
                unclear = attempt;
            }
        }

        throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
    }

    private async Task<ConversationHead?> ReadHeadForWriteAsync()
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, Keys.Head);
        return _head = row.HasValue ? ConversationRows.ReadHead(row.Value!) : null;
    }

    /// <summary>Answers the writes that this head does not allow, and prepares the first message of a conversation.</summary>
    private static async Task RefuseAsync(List<PendingWrite> writes, ConversationHead? head)
    {
        foreach (PendingWrite write in writes)
        {
            if (head is null && write is PendingAppend { BeforeFirst: not null } first)
            {
                await PrepareAsync(first);
            }
            else if (head is null || head.Id != write.Conversation)
            {
                write.Complete(new WriteResult(WriteOutcome.Gone));
            }
            else if (write.Version is { } version && version != head.Version)
            {
                write.Complete(new WriteResult(WriteOutcome.Stale));
            }
        }
    }

    private static async Task PrepareAsync(PendingAppend first)
    {
        try
        {
            first.HeadValues = await first.BeforeFirst!(CancellationToken.None);
        }
        catch (Exception exception)
        {
            first.Fail(exception);
        }
    }

    private WriteAttempt Plan(ConversationHead? head, List<PendingWrite> writes) => writes[0] is PendingChange change
        ? WriteAttempt.OfChange(head!, change)
        : WriteAttempt.OfAppends(head, writes, WholeMilliseconds(time.GetUtcNow()));

    /// <summary>What the wire shows, so that an entry reads the same in history as in the first answer.</summary>
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());

    private async Task<ConversationHead?> SubmitAsync(WriteAttempt attempt)
    {
        Response<IReadOnlyList<Response>> answer = await _table.SubmitTransactionAsync(attempt.Actions);
        return attempt.EndsConversation ? null : attempt.HeadAfter(answer.Value[0].Headers.ETag!.Value);
    }

    private void Succeed(WriteAttempt attempt, ConversationHead? head)
    {
        _head = head;
        _published = CompleteAsync(_published, attempt, head);
    }

    /// <summary>Publishes after what was stored before, then answers; the next transaction does not wait for it.</summary>
    private async Task CompleteAsync(Task before, WriteAttempt attempt, ConversationHead? head)
    {
        await before;
        try
        {
            if (attempt.Entries is { Count: > 0 } entries)
            {
                await publisher.PublishAsync(head!, entries, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            Log.PublishFailed(logger, exception, partition);
        }

        attempt.Complete(head);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No clear answer to a transaction of conversation {Partition}: {Status} {ErrorCode}.")]
        public static partial void Unclear(ILogger logger, string partition, int status, string? errorCode);

        [LoggerMessage(2, LogLevel.Error, "Publishing to conversation {Partition} failed; the message is stored.")]
        public static partial void PublishFailed(ILogger logger, Exception exception, string partition);

        [LoggerMessage(3, LogLevel.Debug, "Another instance wrote to conversation {Partition} first (attempt {Attempt}).")]
        public static partial void Overtaken(ILogger logger, string partition, int attempt);
    }
}
