using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Messages;

namespace ServerlessChat.Tests.Messages;

/// <summary>How fast one person may send.</summary>
public sealed class SendRateTests
{
    private static readonly AccountId Sara = new(new string('a', 32));
    private static readonly AccountId Bob = new(new string('b', 32));

    private readonly Clock _clock = new();

    [Fact]
    public void A_Burst_Passes_And_Then_As_Many_As_The_Time_Gives()
    {
        SendRate rate = Rate(perSecond: 10, burst: 3);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => rate.Take(Sara) is null));
        Assert.Equal(TimeSpan.FromMilliseconds(100), rate.Take(Sara));

        _clock.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Equal(TimeSpan.FromMilliseconds(60), rate.Take(Sara));
        _clock.Advance(TimeSpan.FromMilliseconds(60));
        Assert.Null(rate.Take(Sara));
        Assert.NotNull(rate.Take(Sara));

        _clock.Advance(TimeSpan.FromHours(1)); // No more than a burst is saved up.
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => rate.Take(Sara) is null));
    }

    [Fact]
    public void Each_Sender_Has_A_Measure_Of_Their_Own()
    {
        SendRate rate = Rate(perSecond: 1, burst: 1);
        Assert.Null(rate.Take(Sara));
        Assert.Null(rate.Take(Bob));
        Assert.NotNull(rate.Take(Sara));
    }

    [Fact]
    public void Of_Many_At_Once_Exactly_A_Burst_Passes()
    {
        SendRate rate = Rate(perSecond: 1, burst: 25);
        int passed = 0;
        Parallel.For(0, 1_000, _ =>
        {
            if (rate.Take(Sara) is null)
            {
                Interlocked.Increment(ref passed);
            }
        });
        Assert.Equal(25, passed);
    }

    private SendRate Rate(int perSecond, int burst) => new(Options.Create(new MessageOptions { SendsPerSecond = perSecond, SendBurst = burst }), _clock);

    private sealed class Clock : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
