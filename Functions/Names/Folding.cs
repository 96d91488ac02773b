using System.Globalization;
using System.Text;

namespace ServerlessChat.Names;

/// <summary>The one key by which names are compared.</summary>
/// <remarks>
/// The invariant simple case mapping of the runtime's own tables, so it is the same with and without ICU: one letter
/// becomes one letter. Final sigma and dotted capital I keep what that mapping gives them. Nothing is normalised: an accent
/// that is a mark of its own is refused in names (<see cref="NameText"/>), so it needs no folding.
/// </remarks>
public static class Folding
{
    private const char ArabicYeh = '\u064A';
    private const char ArabicAlefMaksura = '\u0649';
    private const char ArabicKaf = '\u0643';
    private const char PersianYeh = '\u06CC';
    private const char PersianKeheh = '\u06A9';

    /// <summary>
    /// Lower case; Arabic ي ى ك as Persian ی ک; digits of any script as ASCII digits; U+200C dropped. Total and idempotent;
    /// a lone surrogate becomes U+FFFD.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value != NameText.ZeroWidthNonJoiner)
            {
                folded.Append(units[..Fold(rune).EncodeToUtf16(units)]);
            }
        }

        return folded.ToString();
    }

    private static Rune Fold(Rune rune) => rune.Value switch
    {
        ArabicYeh or ArabicAlefMaksura => new Rune(PersianYeh),
        ArabicKaf => new Rune(PersianKeheh),
        _ when Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber => new Rune('0' + (int)Rune.GetNumericValue(rune)),
        _ => Rune.ToLowerInvariant(rune),
    };
}
