using System.ComponentModel.DataAnnotations;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;

namespace ServerlessChat.Dashboard;

/// <summary>Everything that a first screen shows.</summary>
/// <param name="User">The caller.</param>
/// <param name="Groups">The groups that the caller is a member of, the one with the newest message first.</param>
/// <param name="PrivateChats">The caller's private chats, the one with the newest message first.</param>
/// <param name="PublicGroups">The first public groups by name, with the caller's role in them (null: not a member).</param>
public sealed record DashboardResponse(
    ProfileResponse User,
    IReadOnlyList<GroupSummary> Groups,
    IReadOnlyList<PrivateChatSummary> PrivateChats,
    IReadOnlyList<GroupResponse> PublicGroups);

/// <summary>A group with its newest message.</summary>
/// <param name="Role">The caller's role.</param>
/// <param name="LastMessage">Its text is cut to 300 characters; null when there is none.</param>
/// <param name="Unread">The newest id minus the caller's read position.</param>
/// <param name="LastId">The newest id of the log, 0 when it is empty: behind the last message there may be changes, which are nothing to read.</param>
public sealed record GroupSummary(
    string GroupName,
    string Slug,
    [property: AllowedValues(GroupType.Public, GroupType.Private)] string Type,
    string Owner,
    DateTimeOffset CreatedAt,
    [property: AllowedValues(GroupRole.Member, GroupRole.Admin, GroupRole.Owner)] string? Role,
    MessageResponse? LastMessage,
    long Unread,
    long LastId);

/// <summary>A private chat with its newest message.</summary>
/// <param name="Username">The other's.</param>
/// <param name="LastMessage">Its text is cut to 300 characters; null when there is none.</param>
/// <param name="Unread">The newest id minus the caller's read position.</param>
/// <param name="LastId">The newest id of the log, 0 when it is empty: behind the last message there may be changes, which are nothing to read.</param>
public sealed record PrivateChatSummary(string Username, string DisplayName, MessageResponse? LastMessage, long Unread, long LastId);
