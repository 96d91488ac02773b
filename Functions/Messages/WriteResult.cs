namespace ServerlessChat.Messages;

/// <summary>How a write to a conversation ended.</summary>
public enum WriteOutcome
{
    /// <summary>It is stored.</summary>
    Done,

    /// <summary>The same sender, conversation and <c>client_id</c> was stored before: nothing was written, and the first message is the answer.</summary>
    Repeated,

    /// <summary>The conversation's <see cref="ConversationHead.Version"/> is not the one that the caller decided on. Nothing was written; decide again.</summary>
    Stale,

    /// <summary>The conversation does not exist (any more), or is closed (<see cref="ConversationHead.IsClosed"/>). Nothing was written.</summary>
    Gone,

    /// <summary>A row that was to be added exists, or one that was to be changed does not. Nothing was written.</summary>
    Conflict,

    /// <summary>A revision that changes nothing: the message is so already. Nothing was written.</summary>
    Unchanged,

    /// <summary>There is no such message, or it is deleted. Nothing was written.</summary>
    Missing,

    /// <summary>The message is somebody else's. Nothing was written.</summary>
    Forbidden,

    /// <summary>One of the two of a pair blocks the other (<see cref="Blockers"/>). Nothing was written.</summary>
    Blocked,

    /// <summary>The message has as many reactions as it can hold. Nothing was written.</summary>
    Full,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Entry">For an append that is done or repeated: the entry. For a revision that is done or changes nothing: the message as it stands.</param>
/// <param name="Head">For <see cref="WriteOutcome.Done"/>: the head after the write. For <see cref="WriteOutcome.Blocked"/>: the head that says so.</param>
/// <param name="IsPublished">For an append or a revision that is done: whether the sockets of its channel got it.</param>
public sealed record WriteResult(WriteOutcome Outcome, Entry? Entry = null, ConversationHead? Head = null, bool IsPublished = false);
