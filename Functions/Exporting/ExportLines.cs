using System.Text.Json.Serialization;

namespace ServerlessChat.Exporting;

/// <summary>A line of the export that is no message. Its <c>type</c> stands first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ProfileLine), "profile")]
[JsonDerivedType(typeof(SessionLine), "session")]
[JsonDerivedType(typeof(BlockLine), "block")]
[JsonDerivedType(typeof(GroupLine), "group")]
[JsonDerivedType(typeof(LeftGroupLine), "left_group")]
[JsonDerivedType(typeof(PrivateChatLine), "private_chat")]
[JsonDerivedType(typeof(MoreLine), "more")]
[JsonDerivedType(typeof(EndLine), "end")]
public abstract record ExportLine;

/// <param name="Language">Null when none was chosen.</param>
public sealed record ProfileLine(string Username, string DisplayName, string Bio, string? Language, DateTimeOffset CreatedAt) : ExportLine;

/// <summary>A session of the account.</summary>
public sealed record SessionLine(DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt) : ExportLine;

/// <summary>Somebody whom the person blocks, as the list of blocks has them.</summary>
public sealed record BlockLine(string Username, string DisplayName, DateTimeOffset BlockedAt) : ExportLine;

/// <summary>A group that the person is a member of; their messages in it follow.</summary>
/// <param name="GroupType"><c>public</c> or <c>private</c>.</param>
/// <param name="ReadId">Everything up to this id is read.</param>
public sealed record GroupLine(string GroupName, string Slug, string GroupType, string Owner, string Role, DateTimeOffset JoinedAt, long ReadId) : ExportLine;

/// <summary>A group that the person was a member of; their messages in it follow. What it is called now is not theirs to know.</summary>
/// <param name="LeftAt">Null while their leaving is under way.</param>
public sealed record LeftGroupLine(string Slug, DateTimeOffset? LeftAt) : ExportLine;

/// <summary>A private chat; the person's own messages in it follow.</summary>
/// <param name="Username">The other's.</param>
public sealed record PrivateChatLine(string Username, string DisplayName, long ReadId) : ExportLine;

/// <summary>The last line of an answer that is not the last one.</summary>
/// <param name="After">What to ask <c>after</c> for the rest.</param>
/// <param name="Lines">How many lines stand before it in this answer.</param>
public sealed record MoreLine(string After, long Lines) : ExportLine;

/// <summary>The last line of all. Without it, or <c>more</c>, the answer was cut off.</summary>
/// <param name="Lines">How many lines stand before it in this answer.</param>
public sealed record EndLine(long Lines) : ExportLine;
