using System.Text.Json.Serialization;
using ServerlessChat.Messages;
using ServerlessChat.Signals;

namespace ServerlessChat.Groups;

/// <param name="GroupName">1–100 characters after trimming.</param>
/// <param name="Slug">1–64 characters, see <see cref="Names.Slug"/>.</param>
/// <param name="Type"><c>public</c> or <c>private</c>.</param>
public sealed record CreateGroupRequest(string? GroupName, string? Slug, string? Type);

/// <summary>What to change; a field that is absent or null stays as it is.</summary>
public sealed record ChangeGroupRequest(string? GroupName, string? Type);

/// <param name="Role"><c>member</c> or <c>admin</c>; <c>owner</c> hands the group over. Default: <c>member</c> for somebody new, unchanged for a member.</param>
public sealed record PutMemberRequest(string? Role);

/// <param name="Role">The caller's role; null for somebody who is not a member.</param>
public sealed record GroupResponse(string GroupName, string Slug, string Type, string Owner, DateTimeOffset CreatedAt, string? Role)
{
    public static GroupResponse Of(Group group, string? role) => new(group.Name, group.Slug.Text, group.Type, group.Owner, group.CreatedAt, role);
}

/// <param name="Messages">Oldest first.</param>
/// <param name="Before">What to ask <c>before</c> for older ones; null when there are none.</param>
/// <param name="LastId">The newest id in the log; 0 when it is empty.</param>
/// <param name="More">For <c>after</c> alone: whether there are newer ones behind this page.</param>
/// <param name="Reads">How far the other members have read, for a member of a small group; absent otherwise, and on pages of <c>before</c>.</param>
public sealed record GroupPageResponse(
    GroupResponse Group,
    IReadOnlyList<MessageResponse> Messages,
    long? Before,
    long LastId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? More,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReadResponse>? Reads);

public sealed record MemberResponse(string Username, string Role, DateTimeOffset JoinedAt)
{
    public static MemberResponse Of(Member member) => new(member.Username.Text, member.Role, member.JoinedAt);
}

/// <param name="Members">In no order that means anything.</param>
/// <param name="After">What to ask <c>after</c> for the rest; null when there is none.</param>
public sealed record MemberPageResponse(IReadOnlyList<MemberResponse> Members, string? After);
