using ServerlessChat.Accounts;
using ServerlessChat.Messages;

namespace ServerlessChat.Signals;

/// <summary>How often somebody's coming and going is looked at, in this instance: before anything is read or asked for it, whoever opens and closes sockets all the time.</summary>
/// <remarks>It is no part of <see cref="SignalRate"/>: who reads and types a lot and then leaves is still seen to leave. What is not looked at, others see when they ask.</remarks>
public sealed class PresenceRate(TimeProvider time)
{
    /// <summary>Sockets opened or closed at once: a few tabs on a few devices.</summary>
    public const int Burst = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Rate<AccountId> _rate = new(Interval, Burst, time);

    /// <summary>Counts one; false when it is one too many.</summary>
    public bool TryTake(AccountId person) => _rate.Take(person) is null;
}
