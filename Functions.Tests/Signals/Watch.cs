namespace ServerlessChat.Tests.Signals;

/// <summary>What measures how much time has passed measures what a test says. The time of day, timers and time limits go by the system's.</summary>
internal sealed class Watch : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
