namespace Emulator.Hubs;

/// <summary>
/// The pattern of <c>webpubsub.joinLeaveGroups.…</c> and <c>webpubsub.sendToGroups.…</c>: <c>?</c> is one character but a dot, <c>*</c> any run
/// without a dot, <c>**</c> any run, <c>\</c> escapes.
/// </summary>
internal sealed class GroupPattern
{
    private const int MaxStars = 5;

    private readonly Token[] _tokens;

    private GroupPattern(Token[] tokens) => _tokens = tokens;

    private enum Kind
    {
        Literal,
        One,
        Run,
        RunWithDots,
    }

    private readonly record struct Token(Kind Kind, char Literal = '\0');

    /// <returns>Null when the pattern is empty, has more than five stars or ends in a lone escape.</returns>
    public static GroupPattern? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var tokens = new List<Token>();
        var stars = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 == text.Length || text[i + 1] is not ('\\' or '*' or '?'):
                    return null;
                case '\\':
                    tokens.Add(new(Kind.Literal, text[++i]));
                    break;
                case '*' when i + 1 < text.Length && text[i + 1] == '*':
                    i++;
                    stars += 2;
                    tokens.Add(new(Kind.RunWithDots));
                    break;
                case '*':
                    stars++;
                    tokens.Add(new(Kind.Run));
                    break;
                case '?':
                    tokens.Add(new(Kind.One));
                    break;
                default:
                    tokens.Add(new(Kind.Literal, text[i]));
                    break;
            }
        }

        return stars > MaxStars ? null : new([.. tokens]);
    }

    public bool Matches(string group) => Matches(_tokens, group);

    // At most five stars: the backtracking stays small.
    private static bool Matches(ReadOnlySpan<Token> tokens, ReadOnlySpan<char> text)
    {
        while (!tokens.IsEmpty)
        {
            var token = tokens[0];
            if (token.Kind is Kind.Run or Kind.RunWithDots)
            {
                return MatchesRun(token.Kind == Kind.RunWithDots, tokens[1..], text);
            }

            if (text.IsEmpty || (token.Kind == Kind.One ? text[0] == '.' : text[0] != token.Literal))
            {
                return false;
            }

            tokens = tokens[1..];
            text = text[1..];
        }

        return text.IsEmpty;
    }

    private static bool MatchesRun(bool withDots, ReadOnlySpan<Token> rest, ReadOnlySpan<char> text)
    {
        for (var length = 0; ; length++)
        {
            if (Matches(rest, text[length..]))
            {
                return true;
            }

            if (length == text.Length || (!withDots && text[length] == '.'))
            {
                return false;
            }
        }
    }
}
