using Azure.Core;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Notifications;

namespace ServerlessChat.Sockets;

/// <summary>Moves the open sockets of a group's people over Web PubSub, and tells them.</summary>
internal sealed partial class LiveGroups(SocketHubs hubs, Notifier notifier, OwedClosings owed, MemberRows members, ILogger<LiveGroups> logger) : ILiveGroups
{
    public const string DeletedReason = "The group was deleted.";
    public const string RemovedReason = "You are no member of this group any more.";

    public async Task CreatedAsync(GroupId group, AccountId owner)
    {
        if (!await HearAsync(SocketGroups.Of(group), owner))
        {
            owed.Add(owner);
        }
    }

    /// <summary>
    /// Looks again behind the call. When another instance removed the same person meanwhile, its call may have come before this one and found nobody to take out; then
    /// they would hear the group for as long as they stay connected, and no list of members would show them. They connect anew instead.
    /// </summary>
    public async Task JoinedAsync(ConversationId group, AccountId member)
    {
        bool isDone = await HearAsync(SocketGroups.Of(group), member)
            && (await IsMemberAsync(group, member) || await hubs.TryAsync(
                "closing a removed member's notifications", call => hubs.Notifications.CloseUserConnectionsAsync(member.Value, SocketReview.ConnectAgain, call)));
        if (!isDone)
        {
            owed.Add(member);
        }
    }

    public Task InvitedAsync(Group group, Member member, Caller by) => Task.WhenAll(
        JoinedAsync(group.Head.Id, member.Id), notifier.TellAsync(member.Id, NotificationKind.Invite, group, by));

    /// <summary>Both hubs at once; on each, nothing more is heard before the person is told why.</summary>
    public async Task RemovedAsync(Group group, Member member, Caller by)
    {
        bool[] areDeaf = await Task.WhenAll(CloseMemberAsync(group, member), StopNotifyingAsync(group, member, by));
        if (!areDeaf.All(isDeaf => isDeaf))
        {
            owed.Add(member.Id, group.Id);
        }
    }

    public Task DeletedAsync(Group group, Caller by) => Task.WhenAll(CloseGroupAsync(group), notifier.TellMembersAsync(NotificationKind.GroupDeleted, group, by));

    private Task<bool> HearAsync(string group, AccountId member) => hubs.TryAsync(
        "letting a member hear a group", call => hubs.Notifications.AddUserToGroupAsync(group, member.Value, call));

    /// <summary>When storage does not say: yes, as they were a moment ago.</summary>
    private async Task<bool> IsMemberAsync(ConversationId group, AccountId member)
    {
        try
        {
            return await members.HasAsync(group, member, CancellationToken.None);
        }
        catch (Exception failure) when (StorageFailure.IsUnavailable(failure))
        {
            Log.NotReviewed(logger, failure);
            return true;
        }
    }

    /// <returns>Whether the member hears nothing more; not, whether they know.</returns>
    private async Task<bool> CloseMemberAsync(Group group, Member member)
    {
        string sockets = SocketGroups.OfMember(group.Id, member.Id);
        await hubs.TryAsync("telling a removed member", call => hubs.Group.SendToGroupAsync(sockets, GroupEvent.Removed(group), ContentType.ApplicationJson, call));
        return await hubs.TryAsync("closing a removed member's sockets", call => hubs.Group.CloseGroupConnectionsAsync(sockets, RemovedReason, call));
    }

    /// <returns>The same.</returns>
    private async Task<bool> StopNotifyingAsync(Group group, Member member, Caller by)
    {
        bool isDeaf = await hubs.TryAsync(
            "taking a removed member out of a group", call => hubs.Notifications.RemoveUserFromGroupAsync(SocketGroups.Of(group.Id), member.Id.Value, call));
        await notifier.TellAsync(member.Id, NotificationKind.Removed, group, by);
        return isDeaf;
    }

    private async Task CloseGroupAsync(Group group)
    {
        string sockets = SocketGroups.Of(group.Id);
        await hubs.TryAsync("telling a deleted group", call => hubs.Group.SendToGroupAsync(sockets, GroupEvent.Deleted(group), ContentType.ApplicationJson, call));
        await hubs.TryAsync("closing a deleted group's sockets", call => hubs.Group.CloseGroupConnectionsAsync(sockets, DeletedReason, call));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A join was not looked at again: storage does not answer.")]
        public static partial void NotReviewed(ILogger logger, Exception exception);
    }
}
