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

    /// <summary>Takes time in proportion to the length of the pattern and of the name, whatever they are: no backtracking.</summary>
    public bool Matches(string group)
    {
        // The places in the pattern that the text so far can have led to.
        var places = new bool[_tokens.Length + 1];
        var next = new bool[_tokens.Length + 1];
        places[0] = true;
        foreach (var character in group)
        {
            SkipRuns(places);
            Array.Clear(next);
            for (var i = 0; i < _tokens.Length; i++)
            {
                Advance(places[i], i, character, next);
            }

            (places, next) = (next, places);
        }

        SkipRuns(places);
        return places[^1];
    }

    private void Advance(bool isHere, int place, char character, bool[] next)
    {
        var token = _tokens[place];
        var isRun = token.Kind is Kind.Run or Kind.RunWithDots;
        var takes = token.Kind switch
        {
            Kind.Run => character != '.',
            Kind.RunWithDots => true,
            Kind.One => character != '.',
            _ => character == token.Literal,
        };
        if (isHere && takes)
        {
            next[isRun ? place : place + 1] = true;
        }
    }

    /// <summary>A run may be of no characters.</summary>
    private void SkipRuns(bool[] places)
    {
        for (var i = 0; i < _tokens.Length; i++)
        {
            places[i + 1] |= places[i] && _tokens[i].Kind is (Kind.Run or Kind.RunWithDots);
        }
    }
}
