using ServerlessChat.Accounts;

namespace ServerlessChat.Tests.Accounts;

public sealed class AccessFailuresTests
{
    private static readonly AccountOptions Options = new();
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Four_Failures_Cost_No_Wait() => Assert.Null(After(4).WaitAt(Start));

    [Theory]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(7, 120)]
    [InlineData(9, 480)]
    [InlineData(10, 900)] // 960 would be over the longest wait
    [InlineData(11, 900)]
    [InlineData(500, 900)]
    public void From_The_Fifth_On_Each_Doubles_The_Wait(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), After(failures).WaitAt(Start));

    [Fact]
    public void The_Wait_Ends_By_Itself()
    {
        AccessFailures failures = After(5);
        Assert.NotNull(failures.WaitAt(Start.AddSeconds(29.999)));
        Assert.Null(failures.WaitAt(Start.AddSeconds(30)));
    }

    [Fact]
    public void An_Old_Run_Is_Forgotten()
    {
        AccessFailures failures = After(9).Next(Start.AddDays(1).AddTicks(1), Options);
        Assert.Equal(1, failures.Count);
        Assert.Null(failures.LockedUntil);
        Assert.Equal(10, After(9).Next(Start.AddDays(1), Options).Count);
    }

    [Fact]
    public void A_Wait_That_Has_Ended_Is_Not_Kept_In_The_Row()
    {
        Assert.True(After(5).Row("p").ContainsKey("LockedUntil"));
        Assert.False(After(5).Next(Start.AddDays(2), Options).Row("p").ContainsKey("LockedUntil"));
    }

    [Fact]
    public void Every_Allowed_Option_Gives_A_Wait_Within_Its_Bounds()
    {
        var longest = new AccountOptions { FailuresBeforeWait = 1, FirstWait = TimeSpan.FromHours(1), LongestWait = TimeSpan.FromDays(1) };
        AccessFailures failures = AccessFailures.None;
        for (int i = 0; i < 100; i++)
        {
            failures = failures.Next(Start, longest);
            Assert.InRange(failures.WaitAt(Start)!.Value, TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        }
    }

    private static AccessFailures After(int count)
    {
        AccessFailures failures = AccessFailures.None;
        for (int i = 0; i < count; i++)
        {
            failures = failures.Next(Start, Options);
        }

        return failures;
    }
}
