using System.Globalization;
using System.Text;
using ServerlessChat.Names;

namespace ServerlessChat.Notifications;

/// <summary>Finds <c>@name</c> in a message, in any script.</summary>
public static class MentionText
{
    /// <summary>Different names that one message can mention; those behind are plain text.</summary>
    public const int MaxNames = 10;

    /// <summary>The names that the text may mention, in the order of the text. Whether anybody has them is not asked.</summary>
    /// <remarks>
    /// A mention begins with an at sign that no letter, digit or other character of names stands before, so an e-mail address is none. Names may end in punctuation, and
    /// sentences do: <c>@ali.</c> may be either, so both are answered.
    /// </remarks>
    public static IReadOnlyList<Username> Find(string text)
    {
        var names = new List<Username>();
        for (int at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && names.Count < MaxNames; at = text.IndexOf('@', at + 1))
        {
            int end = at + 1;
            if (at > 0 && IsOfNames(text, at - 1))
            {
                continue;
            }

            while (end < text.Length && IsOfNames(text, end))
            {
                end++;
            }

            Add(names, text[(at + 1)..end]);
            Add(names, text[(at + 1)..end].TrimEnd(Username.Punctuation.ToCharArray()));
            at = Math.Max(at, end - 1);
        }

        return names;
    }

    private static void Add(List<Username> names, string run)
    {
        if (names.Count < MaxNames && Username.Parse(run) is { } name && !names.Contains(name))
        {
            names.Add(name);
        }
    }

    /// <summary>Whether the UTF-16 unit belongs to a letter, a mark, a digit or the punctuation of names; the exact rules are <see cref="Username"/>'s.</summary>
    private static bool IsOfNames(string text, int index)
    {
        int start = char.IsLowSurrogate(text[index]) && index > 0 ? index - 1 : index;
        return Rune.TryGetRuneAt(text, start, out Rune rune)
            && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark || (rune.IsAscii && Username.Punctuation.Contains((char)rune.Value)));
    }
}
