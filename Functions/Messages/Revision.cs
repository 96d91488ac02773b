using ServerlessChat.Accounts;

namespace ServerlessChat.Messages;

/// <summary>What somebody does to a message that is in the log already.</summary>
/// <param name="By">Who; <paramref name="User"/> is their username.</param>
/// <param name="Target">The message's id.</param>
public abstract record Revision(AccountId By, string User, long Target)
{
    /// <summary>What becomes of the message.</summary>
    /// <param name="message">As it stands.</param>
    /// <param name="id">Of the entry that tells of the change.</param>
    /// <param name="now">Whole milliseconds.</param>
    internal abstract RevisionPlan Plan(Entry message, long id, DateTimeOffset now);

    /// <summary>The entry that tells of the change.</summary>
    private protected Entry Tell(EntryKind kind, long id, string text, DateTimeOffset now) => new(id, By, User, text, now, ClientId: null) { Kind = kind, Target = Target };
}

/// <summary>What is to be stored, or why nothing is.</summary>
/// <param name="Outcome"><see cref="WriteOutcome.Done"/>: there is something to store.</param>
/// <param name="Message">The message: as it is to be, or as it stands.</param>
/// <param name="Told">The entry that tells of it; null when nothing is to be stored.</param>
internal sealed record RevisionPlan(WriteOutcome Outcome, Entry? Message = null, Entry? Told = null);

/// <summary>Another text for one's own message.</summary>
/// <param name="Text">Keeps the rules of a message, trimmed.</param>
public sealed record Edit(AccountId By, string User, long Target, string Text) : Revision(By, User, Target)
{
    internal override RevisionPlan Plan(Entry message, long id, DateTimeOffset now)
    {
        if (!message.IsStandingMessage)
        {
            return new RevisionPlan(WriteOutcome.Missing);
        }

        if (message.UserId != By)
        {
            return new RevisionPlan(WriteOutcome.Forbidden);
        }

        return string.Equals(message.Text, Text, StringComparison.Ordinal)
            ? new RevisionPlan(WriteOutcome.Unchanged, message)
            : new RevisionPlan(
                WriteOutcome.Done,
                message with { Text = Text, State = message.State with { EditedAt = now, Revision = id, LastEdit = id } },
                Tell(EntryKind.Edited, id, Text, now));
    }
}

/// <summary>Takes a message's text and reactions out of storage; the message stays as a gap.</summary>
/// <param name="MayDeleteAny">Whether others' messages may be deleted too.</param>
public sealed record Deletion(AccountId By, string User, long Target, bool MayDeleteAny) : Revision(By, User, Target)
{
    internal override RevisionPlan Plan(Entry message, long id, DateTimeOffset now)
    {
        if (message.Kind is not EntryKind.Message)
        {
            return new RevisionPlan(WriteOutcome.Missing);
        }

        if (message.UserId != By && !MayDeleteAny)
        {
            return new RevisionPlan(WriteOutcome.Forbidden);
        }

        return message.State.DeletedAt is not null
            ? new RevisionPlan(WriteOutcome.Unchanged, message)
            : new RevisionPlan(
                WriteOutcome.Done,
                message with { Text = "", State = new MessageState(EditedAt: null, DeletedAt: now, id, LastEdit: null, Reactions.None) },
                Tell(EntryKind.Deleted, id, "", now));
    }
}

/// <summary>Puts a reaction on a message, or takes it back.</summary>
public sealed record React(AccountId By, string User, long Target, Emoji Emoji, bool Removes) : Revision(By, User, Target)
{
    internal override RevisionPlan Plan(Entry message, long id, DateTimeOffset now)
    {
        if (!message.IsStandingMessage)
        {
            return new RevisionPlan(WriteOutcome.Missing);
        }

        Reactions before = message.State.Reactions;
        if (before.Has(Emoji, By) != Removes)
        {
            return new RevisionPlan(WriteOutcome.Unchanged, message);
        }

        return (Removes ? before.Without(Emoji, By) : before.With(Emoji, By)) is { } after
            ? new RevisionPlan(
                WriteOutcome.Done,
                message with { State = message.State with { Revision = id, Reactions = after } },
                Tell(EntryKind.Reaction, id, "", now) with { Reaction = new EntryReaction(before.SpellingOf(Emoji).Text, after.CountOf(Emoji), Removes) })
            : new RevisionPlan(WriteOutcome.Full);
    }
}
