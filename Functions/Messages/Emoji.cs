namespace ServerlessChat.Messages;

/// <summary>One emoji, as typed. Two are the same when they differ in nothing but U+FE0F, which some keyboards add and others leave out.</summary>
public sealed class Emoji : IEquatable<Emoji>
{
    /// <summary>UTF-16 characters: the longest that Unicode recommends (a couple with two skin tones) has 15, a subdivision's flag 14.</summary>
    public const int MaxLength = 32;

    /// <summary>Pictures in one emoji: a family has four, and so has a couple that kisses. Unicode joins no more.</summary>
    private const int MaxElements = 4;

    private const int VariationSelector = 0xFE0F;
    private const int Joiner = 0x200D;
    private const int Keycap = 0x20E3;
    private const int BlackFlag = 0x1F3F4;
    private const int FirstTag = 0xE0000;
    private const int EndOfTags = 0xE007F;

    /// <summary>The flags that are spelled in tags, which nobody sees: England, Scotland, Wales. Unicode recommends no others, and others are drawn as a black flag.</summary>
    private static readonly string[] Subdivisions = ["gbeng", "gbsct", "gbwls"];

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

    /// <summary>Null for anything but one emoji, shaped as Unicode Technical Standard 51 shapes them: so nothing invisible makes two of one, or hides in it.</summary>
    public static Emoji? Parse(string? text) =>
        text is { Length: > 0 and <= MaxLength } && IsEmoji([.. text.EnumerateRunes().Select(rune => rune.Value)]) ? new Emoji(text) : null;

    /// <summary>One that was stored: taken as it is, whatever <see cref="Parse"/> took then.</summary>
    public static Emoji Stored(string text) => new(text);

    public bool Equals(Emoji? other) => other is not null && string.Equals(_key, other._key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Emoji);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsEmoji(int[] runes) => runes switch
    {
        [(>= '0' and <= '9') or '*' or '#', Keycap] or [(>= '0' and <= '9') or '*' or '#', VariationSelector, Keycap] => true,
        [>= 0x1F1E6 and <= 0x1F1FF, >= 0x1F1E6 and <= 0x1F1FF] => true, // A country's flag: two letters of its code.
        [BlackFlag, .. { Length: > 0 } tags, EndOfTags] => Subdivisions.Contains(string.Concat(tags.Select(tag => (char)(tag - FirstTag))), StringComparer.Ordinal),
        _ => AreJoined(runes),
    };

    /// <summary>Pictures with joiners between them.</summary>
    private static bool AreJoined(ReadOnlySpan<int> runes)
    {
        for (int elements = 1; elements <= MaxElements; elements++)
        {
            int length = LengthOfPicture(runes);
            if (length == runes.Length)
            {
                return length > 0;
            }

            if (length == 0 || runes[length] != Joiner)
            {
                return false;
            }

            runes = runes[(length + 1)..];
        }

        return false;
    }

    /// <summary>A symbol, perhaps as a picture (U+FE0F), perhaps in a skin tone; 0 when there is none.</summary>
    private static int LengthOfPicture(ReadOnlySpan<int> runes)
    {
        if (runes is not [var symbol, ..] || !EmojiSymbols.Has(symbol))
        {
            return 0;
        }

        int length = runes is [_, VariationSelector, ..] ? 2 : 1;
        bool hasTone = EmojiSymbols.TakesTone(symbol) && runes.Length > length && runes[length] is >= 0x1F3FB and <= 0x1F3FF;
        return hasTone ? length + 1 : length;
    }
}
