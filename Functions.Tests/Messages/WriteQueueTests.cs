using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Tests.Messages;

public sealed class WriteQueueTests
{
    private static readonly ConversationId Room = new("g-1", "1");
    private readonly Clock _clock = new();

    [Fact]
    public void Appends_Go_Together_And_A_Change_Goes_Alone()
    {
        var queue = new WriteQueue(_clock);
        PendingWrite[] writes = [Append("1"), Append("2"), Change(), Append("3")];

        Assert.Equal([true, false, false, false], writes.Select(write => queue.TryAdd(write, out bool starts) && starts));

        Assert.Equal(writes[..2], queue.Take());
        Assert.Equal(writes[2..3], queue.Take());
        Assert.Equal(writes[3..], queue.Take());
        Assert.False(queue.IsIdle);
        Assert.Empty(queue.Take());
        Assert.True(queue.IsIdle);
    }

    [Fact]
    public async Task What_Waited_For_Too_Long_Is_Answered_503_And_Not_Taken()
    {
        var queue = new WriteQueue(_clock);
        (PendingWrite old, PendingWrite young) = (Append("old"), Append("young"));
        queue.TryAdd(old, out _);
        _clock.Advance(PendingWrite.Patience + TimeSpan.FromSeconds(1));
        queue.TryAdd(young, out _);

        Assert.Equal([young], queue.Take());

        Assert.Equal(Errors.Unavailable, (await Assert.ThrowsAsync<ApiProblemException>(() => old.Completion)).Problem.Kind);
    }

    [Fact]
    public void No_More_Than_A_Thousand_Wait()
    {
        var queue = new WriteQueue(_clock);

        Assert.All(Enumerable.Range(0, WriteQueue.MaxWaiting), i => Assert.True(queue.TryAdd(Append($"{i}"), out _)));

        Assert.False(queue.TryAdd(Append("one too many"), out _));
        Assert.Equal(32, queue.Take().Count);
        Assert.True(queue.TryAdd(Append("fits again"), out _));
    }

    [Fact]
    public void Long_Messages_Are_Spread_Over_Transactions()
    {
        var queue = new WriteQueue(_clock);
        Assert.All(Enumerable.Range(0, 30), _ => Assert.True(queue.TryAdd(Append(new string('ب', MessageRules.MaxLength)), out bool _)));

        Assert.Equal([25, 5, 0], new[] { queue.Take().Count, queue.Take().Count, queue.Take().Count });
    }

    private static PendingAppend Append(string text) => new() { Conversation = Room, Message = LogFixture.Message(text) };

    private static PendingChange Change() => new() { Conversation = Room, Change = new ConversationChange() };

    private sealed class Clock : TimeProvider
    {
        private long _timestamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _timestamp;

        public void Advance(TimeSpan time) => _timestamp += time.Ticks;
    }
}
