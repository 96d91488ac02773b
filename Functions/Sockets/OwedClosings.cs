using ServerlessChat.Accounts;
using ServerlessChat.Groups;

namespace ServerlessChat.Sockets;

/// <summary>
/// Sockets that Web PubSub could not be told to move when somebody joined or was removed. They are closed as soon as it answers: else whoever was removed would hear the group,
/// and whoever joined would not, for as long as they stay connected.
/// </summary>
/// <remarks>
/// It keeps them in memory: an instance that ends before Web PubSub is back leaves them open. To close once too often does no harm. Who may be connected
/// connects anew, and what a socket hears is decided then; so the whole <c>notifications</c> socket is closed, and nobody has to ask whether they are a member again by now.
/// </remarks>
internal sealed partial class OwedClosings(SocketHubs hubs, TimeProvider time, IHostApplicationLifetime app, ILogger<OwedClosings> logger)
{
    /// <summary>People owed at a time. Each costs a timer and two calls a try.</summary>
    private const int MaxOwed = 1_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private int _owed;

    /// <summary>Tries again and again, behind the caller's back.</summary>
    /// <param name="removedFrom">The group whose own sockets are to be closed too; null: none.</param>
    public void Add(AccountId person, GroupId? removedFrom = null)
    {
        if (Interlocked.Increment(ref _owed) > MaxOwed)
        {
            Interlocked.Decrement(ref _owed);
            Log.TooMany(logger);
            return;
        }

        using AsyncFlowControl withoutContext = ExecutionContext.SuppressFlow();
        _ = Task.Run(() => CloseAsync(person, removedFrom, app.ApplicationStopping));
    }

    private async Task CloseAsync(AccountId person, GroupId? removedFrom, CancellationToken stopping)
    {
        try
        {
            TimeSpan wait = FirstWait;
            do
            {
                await Task.Delay(wait, time, stopping);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            while (!await TryCloseAsync(person, removedFrom));
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

    private async Task<bool> TryCloseAsync(AccountId person, GroupId? removedFrom)
    {
        Task<bool> notifications = hubs.TryAsync(
            "closing notifications, again", call => hubs.Notifications.CloseUserConnectionsAsync(person.Value, SocketReview.ConnectAgain, call));
        bool isClosed = removedFrom is not { } group || await hubs.TryAsync(
            "closing a removed member's sockets, again",
            call => hubs.Group.CloseGroupConnectionsAsync(SocketGroups.OfMember(group, person), LiveGroups.RemovedReason, call));
        return await notifications && isClosed;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Web PubSub does not answer, and too many people's sockets wait to be closed: those of one stay open.")]
        public static partial void TooMany(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The app stops before Web PubSub could be told to close the sockets of somebody who joined or was removed.")]
        public static partial void LeftOpen(ILogger logger);
    }
}
