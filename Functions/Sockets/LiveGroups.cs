using Azure.Core;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Notifications;

namespace ServerlessChat.Sockets;

/// <summary>Moves the open sockets of a group's people over Web PubSub, and tells them.</summary>
internal sealed class LiveGroups(SocketHubs hubs, Notifier notifier, OwedClosings owed) : ILiveGroups
{
    public const string DeletedReason = "The group was deleted.";
    public const string RemovedReason = "You are no member of this group any more.";

    public async Task JoinedAsync(GroupId group, AccountId member)
    {
        if (!await hubs.TryAsync(
            "letting a member hear a group", call => hubs.Notifications.AddUserToGroupAsync(SocketGroups.Of(group), member.Value, call)))
        {
            owed.Add(member);
        }
    }

    public Task InvitedAsync(Group group, Member member, Caller by) => Task.WhenAll(
        JoinedAsync(group.Id, member.Id), notifier.TellAsync(member.Id, NotificationKind.Invite, group, by));

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
}
