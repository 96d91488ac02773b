using System.Globalization;
using System.Text;

namespace ServerlessChat.Names;

/// <summary>What usernames and slugs have in common: which characters count as letters, and how long a name may be.</summary>
/// <remarks>
/// <para>A letter is a character of the Unicode categories Lu, Ll, Lt, Lm, Lo; a digit is one of Nd. Length is counted in Unicode
/// scalar values, so a letter outside the basic plane counts once though it takes two UTF-16 units.</para>
/// <para>Marks are not letters, with one exception. In the Brahmic scripts and Thaana the vowels are marks, and Hindi, Tamil or
/// Thai can't be written without them; there a mark that follows a letter or a mark of those scripts is part of the
/// letter's spelling and is accepted. Marks that decorate (Arabic harakat, a combining accent on a Latin letter)
/// are refused: they would make a second name that looks like the first.</para>
/// <para>Refused though Unicode calls them letters: the fillers that show nothing, and tatweel, which only stretches a line.</para>
/// </remarks>
internal static class NameText
{
    public const int MaxLength = 64;
    public const char ZeroWidthNonJoiner = '\u200C';

    /// <summary>Blocks of scripts that write vowels as marks, first and last code point, ascending.</summary>
    private static readonly (int First, int Last)[] VowelMarkScripts =
    [
        (0x0780, 0x07BF), // Thaana
        (0x0900, 0x109F), // Devanagari to Sinhala, Thai, Lao, Tibetan, Myanmar
        (0x1700, 0x17FF), // Philippine scripts, Khmer
        (0x1900, 0x1AAF), // Limbu to Tai Tham
        (0x1B00, 0x1C4F), // Balinese to Lepcha
        (0xA800, 0xA82F), // Syloti Nagri
        (0xA880, 0xA8DF), // Saurashtra
        (0xA930, 0xA95F), // Rejang
        (0xA980, 0xAAFF), // Javanese to Meetei Mayek extensions
        (0xABC0, 0xABFF), // Meetei Mayek
        (0x11000, 0x11AFF), // the Brahmic scripts of the supplementary plane
    ];

    /// <summary>What is wrong with a name; empty when nothing is.</summary>
    /// <param name="text">As typed; not trimmed.</param>
    /// <param name="punctuation">The ASCII characters that are allowed besides letters and digits.</param>
    /// <param name="joiner">Whether U+200C may stand between two letters.</param>
    /// <param name="allowed">The sentence that says which characters are allowed.</param>
    public static IReadOnlyList<string> Explain(string? text, string punctuation, bool joiner, string allowed)
    {
        if (string.IsNullOrEmpty(text))
        {
            return ["This field is required."];
        }

        // Before anything walks the text: a name of 64 letters has at most 128 UTF-16 units.
        if (text.Length > 2 * MaxLength || text.EnumerateRunes().Count() > MaxLength)
        {
            return [$"At most {MaxLength} characters."];
        }

        if (text.EnumerateRunes().Any(IsPresentationForm))
        {
            return ["Presentation forms (U+FB50 to U+FDFF, U+FE70 to U+FEFF) are not accepted; type the letters themselves."];
        }

        return Follows([.. text.EnumerateRunes()], punctuation, joiner) ? [] : [allowed];
    }

    private static bool Follows(Rune[] name, string punctuation, bool joiner)
    {
        for (int i = 0; i < name.Length; i++)
        {
            Rune rune = name[i];
            bool accepted = IsLetter(rune)
                || Rune.IsDigit(rune)
                || (rune.IsAscii && punctuation.Contains((char)rune.Value))
                || (i > 0 && IsVowelMark(rune) && CarriesMark(name[i - 1]))
                || (joiner && rune.Value == ZeroWidthNonJoiner && i > 0 && i + 1 < name.Length && IsLetter(name[i - 1]) && IsLetter(name[i + 1]));
            if (!accepted)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune) && !ShowsNothing(rune);

    private static bool CarriesMark(Rune rune) => (IsLetter(rune) && IsInVowelMarkScript(rune)) || IsVowelMark(rune);

    private static bool IsVowelMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        && IsInVowelMarkScript(rune)
        && !ShowsNothing(rune);

    private static bool IsInVowelMarkScript(Rune rune) => VowelMarkScripts.Any(script => rune.Value >= script.First && rune.Value <= script.Last);

    /// <summary>Tatweel, the Hangul fillers and the inherent vowels of Khmer.</summary>
    private static bool ShowsNothing(Rune rune) => rune.Value is 0x0640 or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x17B4 or 0x17B5;

    private static bool IsPresentationForm(Rune rune) => rune.Value is (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF);
}
