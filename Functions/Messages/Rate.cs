using System.Collections.Concurrent;

namespace ServerlessChat.Messages;

/// <summary>How often somebody may do something, in this instance: each has a bucket of <c>burst</c> that gets one more every <c>interval</c>.</summary>
/// <remarks>
/// One number per key (the generic cell rate algorithm, ITU-T I.371): the time at which the bucket will be full again. Who is not heard of costs nothing.
/// </remarks>
/// <param name="interval">More than zero.</param>
/// <param name="burst">1 or more.</param>
internal sealed class Rate<TKey>(TimeSpan interval, int burst, TimeProvider time)
    where TKey : notnull
{
    /// <summary>Keys remembered before those with full buckets are forgotten.</summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<TKey, long> _fullAt = new();
    private readonly long _interval = interval.Ticks;
    private readonly long _slack = interval.Ticks * (burst - 1L);

    /// <summary>Counts one. Null: it may be done; otherwise how long to wait, and it was not counted.</summary>
    public TimeSpan? Take(TKey key)
    {
        long now = time.GetElapsedTime(0).Ticks;
        while (true)
        {
            bool isKnown = _fullAt.TryGetValue(key, out long before);
            long fullAt = Math.Max(before, now);
            if (fullAt - now > _slack)
            {
                return TimeSpan.FromTicks(fullAt - now - _slack);
            }

            if (isKnown ? _fullAt.TryUpdate(key, fullAt + _interval, before) : _fullAt.TryAdd(key, fullAt + _interval))
            {
                Forget(now);
                return null;
            }
        }
    }

    private void Forget(long now)
    {
        if (_fullAt.Count <= MaxRemembered)
        {
            return;
        }

        foreach (KeyValuePair<TKey, long> full in _fullAt.Where(one => one.Value <= now))
        {
            _fullAt.TryRemove(full);
        }
    }
}
