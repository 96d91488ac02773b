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

    /// <summary>Whose names its entries may hold and readers must not see.</summary>
    public ErasedPeople Erased { get; } = ErasedPeople.Read(Row);

    /// <summary>Who of the two blocks the other; nobody in a group.</summary>
    public Blockers Blockers { get; } = Blockers.Read(Row);

    /// <summary>The newest message as readers see it; null when the log is empty.</summary>
    public Entry? Last { get; init; } = Last is null ? null : ErasedPeople.Read(Row).Show(Last);

    /// <summary>Nobody writes to a pair any more of which one is erased.</summary>
    public bool IsClosed => !Erased.IsEmpty && Id.IsPair;

    /// <summary>The two of a pair do not hear each other: one blocks the other. There may be no message yet.</summary>
    public bool IsBlocked => !Blockers.IsEmpty;

    /// <summary>Entries of its log as readers see them. The one place where the names of the erased are taken away.</summary>
    public IReadOnlyList<Entry> Show(IReadOnlyList<Entry> entries) => Erased.IsEmpty ? entries : [.. entries.Select(Erased.Show)];
}
