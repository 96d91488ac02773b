namespace ServerlessChat.Names;

/// <summary>A username that keeps the rules.</summary>
public sealed record Username
{
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
    public static IReadOnlyList<string> Explain(string? text) => string.IsNullOrEmpty(text) ? ["This field is required."] : [];
}
