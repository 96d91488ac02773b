using System.Collections.Immutable;
using ServerlessChat.Accounts;

namespace ServerlessChat.Messages;

/// <summary>The reactions on one message: per emoji, who. They stand in the message's own row, so that a page needs no read more to say who reacted.</summary>
/// <remarks>A row's text holds at most 32,768 characters; <see cref="MaxReactions"/> account ids of 32 characters and <see cref="MaxEmojis"/> emojis stay far below.</remarks>
public sealed class Reactions
{
    /// <summary>Different emojis on one message.</summary>
    public const int MaxEmojis = 20;

    /// <summary>Reactions on one message, all emojis together.</summary>
    public const int MaxReactions = 500;

    /// <summary>Different emojis of one person on one message: so that nobody takes all the room.</summary>
    public const int MaxPerPerson = 5;

    public static readonly Reactions None = new([]);

    private readonly ImmutableList<Reaction> _all;

    private Reactions(ImmutableList<Reaction> all) => _all = all;

    /// <summary>In the order in which each emoji was first put.</summary>
    public IReadOnlyList<Reaction> All => _all;

    public bool IsEmpty => _all.IsEmpty;

    /// <summary>How many people's reaction with this emoji there is.</summary>
    public int CountOf(Emoji emoji) => Find(emoji)?.By.Count ?? 0;

    public bool Has(Emoji emoji, AccountId by) => Find(emoji)?.By.Contains(by) == true;

    /// <summary>The emoji as whoever put it first typed it, so that a client that compares texts counts it once; as given when nobody has put it.</summary>
    public Emoji SpellingOf(Emoji emoji) => Find(emoji)?.Emoji ?? emoji;

    /// <summary>Null when there is no room for it, or none for one more of this person's.</summary>
    public Reactions? With(Emoji emoji, AccountId by)
    {
        if (_all.Sum(reaction => reaction.By.Count) >= MaxReactions || _all.Count(reaction => reaction.By.Contains(by)) >= MaxPerPerson)
        {
            return null;
        }

        if (Find(emoji) is { } known)
        {
            return new Reactions(_all.Replace(known, known with { By = known.By.Add(by) }));
        }

        return _all.Count < MaxEmojis ? new Reactions(_all.Add(new Reaction(emoji, [by]))) : null;
    }

    public Reactions Without(Emoji emoji, AccountId by)
    {
        if (Find(emoji) is not { } known)
        {
            return this;
        }

        ImmutableList<AccountId> left = known.By.Remove(by);
        return new Reactions(left.IsEmpty ? _all.Remove(known) : _all.Replace(known, known with { By = left }));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null or empty for none.</summary>
    public static Reactions Parse(string? text) => string.IsNullOrEmpty(text)
        ? None
        : new Reactions([.. text.Split('\n').Select(ParseLine)]);

    /// <summary>A line for each emoji: the emoji and the account ids, with spaces between.</summary>
    public override string ToString() => string.Join('\n', _all.Select(reaction => string.Join(' ', reaction.By.Select(by => by.Value).Prepend(reaction.Emoji.Text))));

    private static Reaction ParseLine(string line)
    {
        string[] words = line.Split(' ');
        return new Reaction(Emoji.Stored(words[0]), [.. words.Skip(1).Select(id => new AccountId(id))]);
    }

    private Reaction? Find(Emoji emoji) => _all.Find(reaction => reaction.Emoji == emoji);
}

/// <param name="By">In the order in which they reacted.</param>
public sealed record Reaction(Emoji Emoji, ImmutableList<AccountId> By);
