using Azure;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>
/// The one row that every append rewrites: how far the log is, its newest message, and what the conversation is (a group's
/// name, type and owner; a pair's names). It is the truth about all of these, because every write of the
/// conversation is one transaction with it, conditional on its ETag.
/// </summary>
/// <param name="Id">The conversation, as of this row: a group deleted and made again has another log.</param>
/// <param name="LastId">The newest id in the log; 0 when the log is empty.</param>
/// <param name="Version">Raised by each change (name, type, roles, a removal), not by messages or joins. A decision made at one version is void at another.</param>
/// <param name="Commit">The id of the last transaction: how a writer that got no answer finds out that it was heard.</param>
/// <param name="Last">The newest message, its text cut to <see cref="PreviewLength"/>; null when the log is empty.</param>
/// <param name="ETag">For conditional writes.</param>
/// <param name="Row">The whole row, for the feature whose conversation this is.</param>
public sealed record ConversationHead(ConversationId Id, long LastId, long Version, string? Commit, Entry? Last, ETag ETag, TableEntity Row)
{
    /// <summary>UTF-16 characters of the newest message kept in the head, so that a dashboard needs one read per chat.</summary>
    public const int PreviewLength = 300;
}
