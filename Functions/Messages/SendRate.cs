using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;

namespace ServerlessChat.Messages;

/// <summary>How fast each person sends, in this instance: a bucket of <see cref="MessageOptions.SendBurst"/> that fills at <see cref="MessageOptions.SendsPerSecond"/>.</summary>
/// <remarks>
/// One number per sender (the generic cell rate algorithm, ITU-T I.371): the time at which the bucket will be full again. Who is not heard of costs nothing.
/// </remarks>
public sealed class SendRate(IOptions<MessageOptions> options, TimeProvider time)
{
    /// <summary>Senders remembered before those with full buckets are forgotten.</summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<AccountId, long> _fullAt = new();
    private readonly long _interval = TimeSpan.TicksPerSecond / options.Value.SendsPerSecond;
    private readonly long _slack = TimeSpan.TicksPerSecond / options.Value.SendsPerSecond * (options.Value.SendBurst - 1L);

    /// <summary>Counts one message. Null: it may be sent; otherwise how long to wait, and it was not counted.</summary>
    public TimeSpan? Take(AccountId sender)
    {
        long now = time.GetElapsedTime(0).Ticks;
        while (true)
        {
            bool isKnown = _fullAt.TryGetValue(sender, out long before);
            long fullAt = Math.Max(before, now);
            if (fullAt - now > _slack)
            {
                return TimeSpan.FromTicks(fullAt - now - _slack);
            }

            if (isKnown ? _fullAt.TryUpdate(sender, fullAt + _interval, before) : _fullAt.TryAdd(sender, fullAt + _interval))
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

        foreach (KeyValuePair<AccountId, long> full in _fullAt.Where(sender => sender.Value <= now))
        {
            _fullAt.TryRemove(full);
        }
    }
}
