namespace ServerlessChat.Messages;

/// <summary>Tells the people of a conversation what was stored.</summary>
/// <remarks>
/// Called after the store, once per transaction, in the order of ids within a conversation and instance (the next call starts when the one
/// before has ended) and in parallel over conversations. It never fails the send: an implementation logs what it could not deliver, and
/// whoever missed a frame finds it by id. It bounds its own time: senders wait for it.
/// </remarks>
public interface IPublisher
{
    /// <param name="conversation">The head after the entries were stored.</param>
    /// <param name="entries">One or more, ids rising.</param>
    /// <returns>Whether every frame for the conversation's channel was taken. False: senders on it need their receipt another way.</returns>
    Task<bool> PublishAsync(ConversationHead conversation, IReadOnlyList<Entry> entries, CancellationToken cancellationToken);
}

/// <summary>No transport: readers find entries in history. In force as long as no Web PubSub is configured.</summary>
public sealed class SilentPublisher : IPublisher
{
    public Task<bool> PublishAsync(ConversationHead conversation, IReadOnlyList<Entry> entries, CancellationToken cancellationToken) => Task.FromResult(false);
}
