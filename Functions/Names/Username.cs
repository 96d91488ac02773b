namespace ServerlessChat.Names;

/// <summary>
/// A username that keeps the rules: 1–64 letters and digits of any script and <c>@ . + - _</c>, not dots alone. Which
/// characters are letters, and why a few are not, is said at <see cref="NameText"/>.
/// </summary>
public sealed record Username
{
    /// <summary>What a username may hold beside letters and digits.</summary>
    internal const string Punctuation = "@.+-_";

    private Username(string text)
    {
        Text = text;
        Key = Folding.Fold(text);
    }

    /// <summary>As typed.</summary>
    public string Text { get; }

    /// <summary>Folded; two usernames are the same exactly when their keys are equal (ordinal).</summary>
    public string Key { get; }

    /// <summary>Null when the text breaks a rule.</summary>
    public static Username? Parse(string? text) => Explain(text).Count == 0 ? new Username(text!) : null;

    /// <summary>What is wrong with the text, in words for its writer; empty when nothing is.</summary>
    public static IReadOnlyList<string> Explain(string? text)
    {
        IReadOnlyList<string> problems = NameText.Explain(text, Punctuation, joiner: false, "Only letters, digits and @ . + - _ are accepted.");

        // A path segment of dots is resolved away by every HTTP client (RFC 3986, 5.2.4): such a name would have no address.
        return problems.Count == 0 && text!.AsSpan().Trim('.').IsEmpty ? ["A username needs more than dots."] : problems;
    }

    public bool Equals(Username? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    public override string ToString() => Text;
}
