namespace ServerlessChat.Messages;

/// <summary>A part of a log.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="Before">What to ask <c>before</c> for older ones; null when there are none.</param>
/// <param name="LastId">The newest id in the log; 0 when it is empty.</param>
/// <param name="More">For <c>after</c>: whether the log goes on behind the page. Null otherwise.</param>
public sealed record MessagePage(IReadOnlyList<Entry> Entries, long? Before, long LastId, bool? More)
{
    /// <summary>
    /// Reads a page of the log as long as the head says it is: an exact key range. What was appended since belongs to the next page, so that
    /// a page is of one moment. One operation; none when nothing can be there.
    /// </summary>
    public static async Task<MessagePage> ReadAsync(ConversationLog log, ConversationHead head, PageRequest request, CancellationToken cancellationToken)
    {
        long lastId = head.LastId;
        (long first, long last) = request.After is { } after
            ? (after + 1, Math.Min(after + request.Limit, lastId))
            : FirstBefore(Math.Min(request.Before ?? long.MaxValue, lastId + 1), request.Limit);
        IReadOnlyList<Entry> entries = head.Show(await log.ReadAsync(head.Id, first, last, cancellationToken));
        long oldest = entries is [{ } entry, ..] ? entry.Id : Math.Min(first, lastId + 1);
        return new MessagePage(entries, oldest > 1 ? oldest : null, lastId, request.After is null ? null : last < lastId);
    }

    private static (long First, long Last) FirstBefore(long before, int limit) => (Math.Max(1, before - limit), before - 1);
}
