using ServerlessChat.Messages;

namespace ServerlessChat.Exporting;

/// <summary>A part of an export that is written together: what one page of a log gave.</summary>
/// <param name="Head">A line that comes before the messages; null for none.</param>
/// <param name="Messages">The person's own, oldest first.</param>
/// <param name="Group">The slug of the group that they are in; null in private.</param>
/// <param name="Cursor">Where the rest begins.</param>
public sealed record ExportPart(ExportLine? Head, IReadOnlyList<MessageResponse> Messages, string? Group, ExportCursor Cursor);
