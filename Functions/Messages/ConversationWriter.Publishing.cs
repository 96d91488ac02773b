namespace ServerlessChat.Messages;

/// <content>What comes after the store: what follows from a write, publishing, and the answer to who sent it.</content>
internal sealed partial class ConversationWriter
{
    private void Succeed(WriteAttempt attempt, ConversationHead? head)
    {
        _head = head;
        Interlocked.Add(ref _unpublished, attempt.Entries.Count);
        _published = CompleteAsync(_published, attempt, head);
    }

    /// <summary>Publishes after what was stored before, then answers; the next transaction does not wait for it.</summary>
    private async Task CompleteAsync(Task before, WriteAttempt attempt, ConversationHead? head)
    {
        await before;
        await Task.WhenAll(attempt.Follows.Select(FollowAsync));
        IReadOnlyList<Entry> entries = attempt.Entries;
        bool isPublished = entries.Count > 0 && await PublishAsync(head!, entries);
        Interlocked.Add(ref _unpublished, -entries.Count);
        attempt.Complete(head, isPublished);
    }

    private async Task FollowAsync(Func<Task> follow)
    {
        try
        {
            await follow();
        }
        catch (Exception exception)
        {
            Log.FollowFailed(logger, exception, partition);
        }
    }

    private async Task<bool> PublishAsync(ConversationHead head, IReadOnlyList<Entry> entries)
    {
        try
        {
            return await publisher.PublishAsync(head, entries, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.PublishFailed(logger, exception, partition);
            return false;
        }
    }
}
