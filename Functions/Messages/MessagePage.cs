namespace ServerlessChat.Messages;

/// <summary>A part of a log.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="Before">What to ask <c>before</c> for older ones; null when there are none.</param>
/// <param name="LastId">The newest id in the log; 0 when it is empty.</param>
/// <param name="More">For <c>after</c>: whether the log goes on behind the page. Null otherwise.</param>
public sealed record MessagePage(IReadOnlyList<Entry> Entries, long? Before, long LastId, bool? More)
{
    /// <summary>Reads a page of a conversation whose head was just read. One operation; none when nothing can be there.</summary>
    public static async Task<MessagePage> ReadAsync(ConversationLog log, ConversationHead head, PageRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<Entry> entries = request switch
        {
            { After: { } after } => await log.ReadAsync(head.Id, after + 1, after + request.Limit, cancellationToken),
            { Before: { } before } => await ReadBeforeAsync(log, head.Id, Math.Min(before, head.LastId + 1), request.Limit, cancellationToken),
            _ => await log.ReadNewestAsync(head.Id, request.Limit, cancellationToken),
        };

        // The log may have grown since the head was read.
        long lastId = Math.Max(head.LastId, entries is [.., { } newest] ? newest.Id : 0);
        return new MessagePage(entries, BeforeOf(entries, request, lastId), lastId, MoreOf(entries, request, lastId));
    }

    private static Task<IReadOnlyList<Entry>> ReadBeforeAsync(
        ConversationLog log, ConversationId id, long before, int limit, CancellationToken cancellationToken) =>
        log.ReadAsync(id, Math.Max(1, before - limit), before - 1, cancellationToken);

    private static long? BeforeOf(IReadOnlyList<Entry> entries, PageRequest request, long lastId)
    {
        long? oldest = entries is [{ } first, ..] ? first.Id : Math.Min(request.After ?? 0, lastId) + 1;
        return oldest > 1 ? oldest : null;
    }

    private static bool? MoreOf(IReadOnlyList<Entry> entries, PageRequest request, long lastId) => request.After is { } after
        ? (entries is [.., { } newest] ? newest.Id : after) < lastId
        : null;
}
