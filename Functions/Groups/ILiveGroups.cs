using ServerlessChat.Accounts;
using ServerlessChat.Messages;

namespace ServerlessChat.Groups;

/// <summary>Makes the open sockets of a group's people follow what was stored: who belongs to it, and whether it stands.</summary>
/// <remarks>Called after the store. It never fails: what could not be done is logged, and a socket that connects anew is right again. It bounds its own time.</remarks>
public interface ILiveGroups
{
    /// <summary>A group was made.</summary>
    Task CreatedAsync(GroupId group, AccountId owner);

    /// <summary>Somebody is a member now, by their own doing. One read: a removal by another instance may have overtaken this call.</summary>
    Task JoinedAsync(ConversationId group, AccountId member);

    /// <summary>Somebody was made a member by another. One read, as above.</summary>
    Task InvitedAsync(Group group, Member member, Caller by);

    /// <summary>Somebody is no member any more, by their own doing or another's.</summary>
    Task RemovedAsync(Group group, Member member, Caller by);

    /// <summary>The group is gone.</summary>
    Task DeletedAsync(Group group, Caller by);
}

/// <summary>No sockets. In force as long as no Web PubSub is configured.</summary>
public sealed class SilentLiveGroups : ILiveGroups
{
    public Task CreatedAsync(GroupId group, AccountId owner) => Task.CompletedTask;

    public Task JoinedAsync(ConversationId group, AccountId member) => Task.CompletedTask;

    public Task InvitedAsync(Group group, Member member, Caller by) => Task.CompletedTask;

    public Task RemovedAsync(Group group, Member member, Caller by) => Task.CompletedTask;

    public Task DeletedAsync(Group group, Caller by) => Task.CompletedTask;
}
