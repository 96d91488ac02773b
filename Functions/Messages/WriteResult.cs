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
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Entry">For an append that is done or repeated: the entry.</param>
/// <param name="Head">For <see cref="WriteOutcome.Done"/>: the head after the write.</param>
/// <param name="IsPublished">For an append that is done: whether the sockets of its channel got it.</param>
public sealed record WriteResult(WriteOutcome Outcome, Entry? Entry = null, ConversationHead? Head = null, bool IsPublished = false);
