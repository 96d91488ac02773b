namespace ServerlessChat.Names;

/// <summary>
/// A slug that keeps the rules: 1–64 letters and digits of any script, <c>-</c>, <c>_</c> and, between two letters, U+200C.
/// Which characters are letters, and why a few are not, is said at <see cref="NameText"/>.
/// </summary>
public sealed record Slug
{
    private const string Punctuation = "-_";

    private Slug(string text)
    {
        Text = text;
        Key = Folding.Fold(text);
    }

    /// <summary>As typed.</summary>
    public string Text { get; }

    /// <summary>Folded; two slugs are the same exactly when their keys are equal (ordinal).</summary>
    public string Key { get; }

    /// <summary>Null when the text breaks a rule.</summary>
    public static Slug? Parse(string? text) => Explain(text).Count == 0 ? new Slug(text!) : null;

    /// <summary>What is wrong with the text, in words for its writer; empty when nothing is.</summary>
    public static IReadOnlyList<string> Explain(string? text) => NameText.Explain(
        text, Punctuation, joiner: true, "Only letters, digits, - and _ are accepted, and the zero-width non-joiner between two letters.");

    public bool Equals(Slug? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    public override string ToString() => Text;
}
