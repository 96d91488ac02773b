using Azure;
using ServerlessChat.Hosting;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>A write that waits for its conversation's writer.</summary>
internal abstract class PendingWrite
{
    /// <summary>
    /// How long a write waits for its turn, and then again how long it is tried: after twice this, nothing of it is sent any more.
    /// <see cref="Storage.Doubt"/> counts on it.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<WriteResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required ConversationId Conversation { get; init; }

    /// <summary>The version that the caller decided on; null when its decision hangs on none.</summary>
    public long? Version { get; init; }

    /// <summary>An id that the log must have: what a message answers, or what a revision changes. Null for none.</summary>
    public virtual long? NeedsId => null;

    /// <summary>Whether it is refused while one of a pair blocks the other.</summary>
    public virtual bool IsRefusedByBlock => true;

    /// <summary>When it began to wait, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Since { get; set; }

    /// <summary>
    /// Runs once it is stored, whether its sender still waits or not: after what followed and was published before, and before its own entry is published. It bounds its own time,
    /// and what it can't do is its own to log. Null for nothing.
    /// </summary>
    public Func<Task>? Follow { get; init; }

    public Task<WriteResult> Completion => _completion.Task;

    public bool IsOver => _completion.Task.IsCompleted;

    /// <summary>Whether its caller decided on something that is not so any more.</summary>
    public virtual bool IsStale(ConversationHead head) => Version is { } version && version != head.Version;

    public void Complete(WriteResult result) => _completion.TrySetResult(result);

    public void Fail(Exception exception) => _completion.TrySetException(
        exception is OperationCanceledException ? Unavailable() : exception);

    /// <summary>503: its sender may try again.</summary>
    public void FailUnavailable() => _completion.TrySetException(Unavailable());

    /// <summary>The sender has gone. What is being written is written; what still waits is dropped.</summary>
    public void GiveUp(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    public static ApiProblemException Unavailable() => new(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
}

/// <summary>A message to append.</summary>
internal sealed class PendingAppend : PendingWrite
{
    public required NewMessage Message { get; init; }

    public override long? NeedsId => Message.ReplyTo;

    /// <summary>The member row of somebody who joins by this message; null for a member. That it exists already is fine.</summary>
    public TableEntity? Join { get; set; }

    /// <summary>More to merge into the head, for instance a pair's names; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? HeadValues { get; set; }

    /// <summary>
    /// Makes a conversation that has no message possible: runs before the first one and answers what the head then says. Null: without
    /// a head there is no conversation.
    /// </summary>
    public Func<CancellationToken, Task<IReadOnlyDictionary<string, object?>>>? BeforeFirst { get; init; }

    /// <summary>Row key of its <c>client_id</c> marker; null without a <c>client_id</c>.</summary>
    public string? Marker { get; init; }
}

/// <summary>A change of the conversation itself, alone in its transaction.</summary>
internal sealed class PendingChange : PendingWrite
{
    public required ConversationChange Change { get; init; }

    /// <summary>The one state of the head that it is good for; null for any of its version.</summary>
    public ETag? Basis { get; init; }

    public override bool IsRefusedByBlock => false;

    public override bool IsStale(ConversationHead head) => base.IsStale(head) || (Basis is { } basis && basis != head.ETag);
}

/// <summary>A change of a message that is in the log, alone in its transaction: two of one message in one transaction would be two actions on one row.</summary>
internal sealed class PendingRevision : PendingWrite
{
    public required Revision Revision { get; init; }

    public override long? NeedsId => Revision.Target;

    /// <summary>Who takes back what they have said is let.</summary>
    public override bool IsRefusedByBlock => Revision is not Deletion;
}
