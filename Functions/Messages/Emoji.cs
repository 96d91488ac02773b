using System.Globalization;
using System.Text;

namespace ServerlessChat.Messages;

/// <summary>One emoji, as typed. Two are the same when they differ in nothing but U+FE0F, which some keyboards add and others leave out.</summary>
public sealed class Emoji : IEquatable<Emoji>
{
    /// <summary>UTF-16 characters: the longest that Unicode recommends (a couple with two skin tones) has 15, a subdivision's flag 14.</summary>
    public const int MaxLength = 32;

    private const int VariationSelector = 0xFE0F;
    private const int Joiner = 0x200D;
    private const int Keycap = 0x20E3;

    /// <summary>Blocks of Unicode 16 in which all or most characters are emojis, and the single ones outside.</summary>
    private static readonly (int First, int Last)[] Symbols =
    [
        (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139), (0x2190, 0x21FF), (0x2300, 0x23FF),
        (0x24C2, 0x24C2), (0x25A0, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299),
        (0x1F000, 0x1FAFF),
    ];

    private readonly string _key;

    private Emoji(string text)
    {
        Text = text;
        _key = text.Replace("\uFE0F", "", StringComparison.Ordinal);
    }

    /// <summary>As typed.</summary>
    public string Text { get; }

    public static bool operator ==(Emoji? left, Emoji? right) => Equals(left, right);

    public static bool operator !=(Emoji? left, Emoji? right) => !Equals(left, right);

    /// <summary>Null for anything but one grapheme cluster (Unicode Standard Annex 29) that is an emoji.</summary>
    public static Emoji? Parse(string? text) =>
        text is { Length: > 0 and <= MaxLength } && StringInfo.GetNextTextElementLength(text) == text.Length && IsEmoji(text) ? new Emoji(text) : null;

    public bool Equals(Emoji? other) => other is not null && string.Equals(_key, other._key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Emoji);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsEmoji(string text)
    {
        bool hasSymbol = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSymbol = IsSymbol(rune.Value) || rune.Value == Keycap;
            if (!isSymbol && !IsModifier(rune.Value))
            {
                return false;
            }

            hasSymbol |= isSymbol;
        }

        return hasSymbol;
    }

    private static bool IsSymbol(int rune) => Array.Exists(Symbols, range => rune >= range.First && rune <= range.Last);

    /// <summary>What stands in an emoji beside its symbols: selector, joiner, the tags of a flag, and what a keycap is put around.</summary>
    private static bool IsModifier(int rune) => rune is VariationSelector or Joiner or (>= 0xE0020 and <= 0xE007F) or (>= '0' and <= '9') or '*' or '#';
}
