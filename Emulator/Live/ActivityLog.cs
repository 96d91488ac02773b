using System.Text;

namespace Emulator.Live;

/// <summary>One thing that happened, for the page.</summary>
/// <param name="Id">Rises by one.</param>
/// <param name="Kind"><c>client</c>, <c>frame</c>, <c>rest</c> or <c>webhook</c>.</param>
/// <param name="Payload">The beginning of what was carried; bytes that are no text are shown as their number. Null: nothing.</param>
/// <param name="Milliseconds">How long it took; null where it took no time worth telling.</param>
internal sealed record Activity(
    long Id, DateTimeOffset Time, string Kind, string Hub, string? ConnectionId, string Text, string? Payload, double? Milliseconds);

/// <summary>The last things that happened, for debugging. Keeps no secrets: callers pass addresses without queries and no tokens.</summary>
/// <remarks>Safe for many threads.</remarks>
internal sealed class ActivityLog(TimeProvider timeProvider)
{
    private const int Capacity = 300;
    private const int MaxPayload = 1024;

    private readonly Lock _lock = new();
    private readonly Entry[] _entries = new Entry[Capacity];
    private long _last;

    private readonly record struct Entry(
        DateTimeOffset Time, string Kind, string Hub, string? ConnectionId, string Text, byte[]? Payload, int Length, double? Milliseconds);

    public void Add(string kind, string hub, string? connectionId, string text, ReadOnlySpan<byte> payload = default, double? milliseconds = null)
    {
        var kept = payload.IsEmpty ? null : payload[..Math.Min(payload.Length, MaxPayload)].ToArray();
        var entry = new Entry(timeProvider.GetUtcNow(), kind, hub, connectionId, text, kept, payload.Length, milliseconds);
        lock (_lock)
        {
            _entries[_last++ % Capacity] = entry;
        }
    }

    /// <summary>What happened after this id, oldest first, as far as it is still kept.</summary>
    public Activity[] Since(long id)
    {
        lock (_lock)
        {
            // An id from an earlier run of the emulator may lie ahead.
            var first = Math.Max(id > _last ? 0 : id, _last - Capacity);
            var result = new Activity[_last - first];
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = Describe(first + i + 1, _entries[(first + i) % Capacity]);
            }

            return result;
        }
    }

    private static Activity Describe(long id, Entry entry) =>
        new(id, entry.Time, entry.Kind, entry.Hub, entry.ConnectionId, entry.Text, Preview(entry.Payload, entry.Length), entry.Milliseconds);

    private static string? Preview(byte[]? payload, int length)
    {
        if (payload is null)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(payload);
        var isText = !text.Any(static c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
        return !isText ? $"({length} bytes)" : length > payload.Length ? $"{text}… ({length} bytes)" : text;
    }
}
