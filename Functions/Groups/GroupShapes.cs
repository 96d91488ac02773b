using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Signals;

namespace ServerlessChat.Groups;

/// <summary>A new group.</summary>
/// <param name="GroupName">1–100 characters after trimming, one line.</param>
/// <param name="Slug">1–64 letters and digits of any script, <c>-</c>, <c>_</c> and, between two letters, the zero-width non-joiner.</param>
/// <param name="Type">A private group is open to its members alone.</param>
public sealed record CreateGroupRequest(
    [property: Required, StringLength(GroupRules.MaxNameLength, MinimumLength = 1)] string? GroupName,
    [property: Required, StringLength(NameText.MaxLength, MinimumLength = 1)] string? Slug,
    [property: Required, AllowedValues(GroupType.Public, GroupType.Private)] string? Type);

/// <summary>What to change; a field that is absent or null stays as it is.</summary>
/// <param name="GroupName">1–100 characters after trimming, one line.</param>
/// <param name="Type">A private group is open to its members alone.</param>
public sealed record ChangeGroupRequest(
    [property: StringLength(GroupRules.MaxNameLength, MinimumLength = 1)] string? GroupName,
    [property: AllowedValues(GroupType.Public, GroupType.Private)] string? Type);

/// <summary>What somebody becomes in the group.</summary>
/// <param name="Role"><c>member</c> or <c>admin</c>; <c>owner</c> hands the group over. Default: <c>member</c> for somebody new, unchanged for a member.</param>
public sealed record PutMemberRequest([property: AllowedValues(GroupRole.Member, GroupRole.Admin, GroupRole.Owner)] string? Role);

/// <summary>A group as the caller sees it.</summary>
/// <param name="Slug">As typed when it was made.</param>
/// <param name="Owner">The owner's username.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Role">The caller's role; null for somebody who is not a member.</param>
public sealed record GroupResponse(
    string GroupName,
    string Slug,
    [property: AllowedValues(GroupType.Public, GroupType.Private)] string Type,
    string Owner,
    DateTimeOffset CreatedAt,
    [property: AllowedValues(GroupRole.Member, GroupRole.Admin, GroupRole.Owner)] string? Role)
{
    public static GroupResponse Of(Group group, string? role) => new(group.Name, group.Slug.Text, group.Type, group.Owner, group.CreatedAt, role);
}

/// <summary>A group and a part of its log.</summary>
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

/// <summary>A member of a group.</summary>
public sealed record MemberResponse(
    string Username, [property: AllowedValues(GroupRole.Member, GroupRole.Admin, GroupRole.Owner)] string Role, DateTimeOffset JoinedAt)
{
    public static MemberResponse Of(Member member) => new(member.Username.Text, member.Role, member.JoinedAt);
}

/// <summary>A part of the members.</summary>
/// <param name="Members">In no order that means anything.</param>
/// <param name="After">What to ask <c>after</c> for the rest; null when there is none.</param>
public sealed record MemberPageResponse(IReadOnlyList<MemberResponse> Members, string? After);

/// <summary>A part of the directory of public groups.</summary>
/// <param name="Groups">Those found by name, in the order of names; then those found by slug, in the order of slugs.</param>
/// <param name="After">What to ask <c>after</c> for the rest; null when there is none.</param>
public sealed record DirectoryPageResponse(IReadOnlyList<GroupResponse> Groups, string? After);
