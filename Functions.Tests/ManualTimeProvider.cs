namespace ServerlessChat.Tests;

/// <summary>A clock that stands still until a test moves it. Timers and time limits go by the system's.</summary>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly DateTimeOffset _start = start ?? new DateTimeOffset(2026, 11, 22, 8, 15, 2, 123, TimeSpan.Zero);
    private long _ticks;

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _ticks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
