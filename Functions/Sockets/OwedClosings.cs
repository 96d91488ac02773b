using ServerlessChat.Accounts;
using ServerlessChat.Groups;

namespace ServerlessChat.Sockets;

/// <summary>Sockets of removed members that Web PubSub could not be told to close. They are closed as soon as it answers: else whoever was removed would hear the group until they leave by themselves.</summary>
/// <remarks>
/// It keeps them in memory: an instance that ends before Web PubSub is back leaves them open. To close once too often does no harm. Who may be connected
/// connects anew, and what a socket hears is decided then; so the whole <c>notifications</c> socket is closed, and nobody has to ask whether they are a member again by now.
/// </remarks>
internal sealed partial class OwedClosings(SocketHubs hubs, TimeProvider time, IHostApplicationLifetime app, ILogger<OwedClosings> logger)
{
    /// <summary>Members owed at a time. Each costs a timer and two calls a try.</summary>
    private const int MaxOwed = 1_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private int _owed;

    /// <summary>Tries again and again, behind the caller's back.</summary>
    public void Add(GroupId group, AccountId member)
    {
        if (Interlocked.Increment(ref _owed) > MaxOwed)
        {
            Interlocked.Decrement(ref _owed);
            Log.TooMany(logger);
            return;
        }

        using AsyncFlowControl withoutContext = ExecutionContext.SuppressFlow();
        _ = Task.Run(() => CloseAsync(group, member, app.ApplicationStopping));
    }

    private async Task CloseAsync(GroupId group, AccountId member, CancellationToken stopping)
    {
        try
        {
            TimeSpan wait = FirstWait;
            do
            {
                await Task.Delay(wait, time, stopping);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            while (!await TryCloseAsync(group, member));
        }
        catch (OperationCanceledException)
        {
            Log.LeftOpen(logger);
        }
        finally
        {
            Interlocked.Decrement(ref _owed);
        }
    }

    private async Task<bool> TryCloseAsync(GroupId group, AccountId member)
    {
        bool[] done = await Task.WhenAll(
            hubs.TryAsync(
                "closing a removed member's sockets, again",
                call => hubs.Group.CloseGroupConnectionsAsync(SocketGroups.OfMember(group, member), LiveGroups.RemovedReason, call)),
            hubs.TryAsync(
                "closing a removed member's notifications, again",
                call => hubs.Notifications.CloseUserConnectionsAsync(member.Value, "The groups changed meanwhile; connect again.", call)));
        return done.All(closed => closed);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Web PubSub does not answer, and too many removed members' sockets wait to be closed: one stays open.")]
        public static partial void TooMany(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The app stops before Web PubSub could be told to close a removed member's sockets.")]
        public static partial void LeftOpen(ILogger logger);
    }
}
