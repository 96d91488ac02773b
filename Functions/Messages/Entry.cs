using ServerlessChat.Accounts;

namespace ServerlessChat.Messages;

/// <summary>What an entry is.</summary>
public enum EntryKind
{
    /// <summary>A message, in its newest state.</summary>
    Message,

    /// <summary>A message got another text.</summary>
    Edited,

    /// <summary>A message's text is gone.</summary>
    Deleted,

    /// <summary>Somebody put a reaction on a message, or took it back.</summary>
    Reaction,
}

/// <summary>One entry of a conversation's log: a message, or what happened to one.</summary>
/// <param name="Id">1, 2, 3 … without a hole; the same for every reader.</param>
/// <param name="UserId">Who wrote the message, or made the change.</param>
/// <param name="User">That person's username as typed at registration.</param>
/// <param name="Text">Of a message, or of an edit: 1–16,000 UTF-16 characters, as typed. Empty for a deleted message, an edit that a later change has superseded, and other kinds.</param>
/// <param name="At">When it was stored, UTC, whole milliseconds. Two instances' clocks differ: order is by <paramref name="Id"/>.</param>
/// <param name="ClientId">As the client sent it; null when it sent none.</param>
public sealed record Entry(long Id, AccountId UserId, string User, string Text, DateTimeOffset At, string? ClientId)
{
    public EntryKind Kind { get; init; }

    /// <summary>Of a message: the id in the same log that it answers; null for none.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Of a message: what later entries have made of it.</summary>
    public MessageState State { get; init; } = MessageState.New;

    /// <summary>Of other kinds: the message that changed, an id of the same log; null for a message.</summary>
    public long? Target { get; init; }

    /// <summary>Of a reaction; null otherwise.</summary>
    public EntryReaction? Reaction { get; init; }

    /// <summary>Whether there is a message to edit or to react to.</summary>
    public bool IsStandingMessage => Kind is EntryKind.Message && State.DeletedAt is null;
}

/// <summary>What later entries have made of a message.</summary>
/// <param name="Revision">The newest entry that changed it; null when none has. Of two copies of a message, the one with the higher revision is newer.</param>
/// <param name="LastEdit">The newest <see cref="EntryKind.Edited"/> entry, which holds the text a second time until it is superseded; null when there is none.</param>
public sealed record MessageState(DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt, long? Revision, long? LastEdit, Reactions Reactions)
{
    public static readonly MessageState New = new(EditedAt: null, DeletedAt: null, Revision: null, LastEdit: null, Reactions.None);
}

/// <summary>A reaction that was put on a message or taken back.</summary>
/// <param name="Emoji">Spelled as on the message (<see cref="Reactions.SpellingOf"/>).</param>
/// <param name="Count">How many people's reaction with this emoji the message has since.</param>
public sealed record EntryReaction(string Emoji, int Count, bool IsRemoved);

/// <summary>A message that is to be appended; it has no id yet.</summary>
/// <param name="ReplyTo">An id of the same log; null for none.</param>
public sealed record NewMessage(AccountId UserId, string User, string Text, string? ClientId, long? ReplyTo = null);
