using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>A write that waits for its conversation's writer.</summary>
internal abstract class PendingWrite
{
    private readonly TaskCompletionSource<WriteResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required ConversationId Conversation { get; init; }

    /// <summary>The version that the caller decided on; null when its decision hangs on none.</summary>
    public long? Version { get; init; }

    public Task<WriteResult> Completion => _completion.Task;

    public bool IsOver => _completion.Task.IsCompleted;

    public void Complete(WriteResult result) => _completion.TrySetResult(result);

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}

/// <summary>A message to append.</summary>
internal sealed class PendingAppend : PendingWrite
{
    public required NewMessage Message { get; init; }

    /// <summary>The member row of somebody who joins by this message; null for a member. That it exists already is fine.</summary>
    public TableEntity? Join { get; set; }

    /// <summary>More to merge into the head, for instance a pair's names; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? HeadValues { get; set; }

    /// <summary>
    /// Makes a conversation that has no head possible: runs before its first message and answers what the new head says. Null: without
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
}
