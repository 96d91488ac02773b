using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>Wrong passwords in a row for one username, whether or not anyone has that name.</summary>
/// <param name="Count">How many; 0 when there is no row.</param>
/// <param name="LastAt">When the last one was.</param>
/// <param name="LockedUntil">Until then no password is looked at; null when there is no wait.</param>
/// <param name="ETag">Of the row; null when there is none.</param>
internal sealed record AccessFailures(int Count, DateTimeOffset LastAt, DateTimeOffset? LockedUntil, ETag? ETag)
{
    public static readonly AccessFailures None = new(0, DateTimeOffset.MinValue, LockedUntil: null, ETag: null);

    public static AccessFailures Of(TableEntity row) => new(
        row.GetInt32("Failures") ?? 0, row.GetDateTimeOffset("LastAt") ?? DateTimeOffset.MinValue, row.GetDateTimeOffset("LockedUntil"), row.ETag);

    /// <summary>How long still to wait; null when a password may be tried.</summary>
    public TimeSpan? WaitAt(DateTimeOffset now) => LockedUntil is { } end && end > now ? end - now : null;

    /// <summary>With one more failure now: from the limit on, each doubles the wait, up to the longest.</summary>
    public AccessFailures Next(DateTimeOffset now, AccountOptions options)
    {
        int count = now - LastAt > options.FailureMemory ? 1 : Math.Min(Count, int.MaxValue - 1) + 1;
        return this with { Count = count, LastAt = now, LockedUntil = count < options.FailuresBeforeWait ? null : now + WaitAfter(count, options) };
    }

    private static TimeSpan WaitAfter(int count, AccountOptions options)
    {
        // One second doubled 17 times is over a day, the longest that may be configured.
        int doublings = Math.Min(count - options.FailuresBeforeWait, 17);
        long longest = Math.Max(options.FirstWait.Ticks, options.LongestWait.Ticks);
        return TimeSpan.FromTicks(Math.Min(longest, options.FirstWait.Ticks << doublings));
    }

    /// <summary>The whole row: it is replaced, so an old wait does not stay. Its random id tells two writers of the same count apart.</summary>
    public TableEntity Row(string partition)
    {
        var row = new TableEntity(partition, Keys.AccessFailures) { ["Failures"] = Count, ["LastAt"] = LastAt, ["WriteId"] = Keys.NewId() };
        if (LockedUntil is { } end)
        {
            row["LockedUntil"] = end;
        }

        return row;
    }
}
