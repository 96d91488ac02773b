namespace Emulator.Filters;

/// <summary>
/// Reads the filter language. Precedence from high to low: <c>not</c>; comparisons and <c>in</c>; <c>and</c>; <c>or</c>. That <c>not</c> binds
/// tighter than a comparison is the service's way.
/// </summary>
internal sealed class FilterParser
{
    private const int MaxDepth = 100;

    private static readonly string[] Comparisons = ["eq", "ne", "gt", "ge", "lt", "le"];

    private readonly FilterLexer _lexer;
    private int _depth;
    private int _chained;

    private FilterParser(string text) => _lexer = new(text);

    /// <exception cref="FilterException">The text is no filter.</exception>
    public static FilterNode Parse(string text)
    {
        var parser = new FilterParser(text);
        var node = parser.ParseOr();
        return parser._lexer.Current.Kind == FilterTokenKind.End ? node : throw parser._lexer.SyntaxError();
    }

    private FilterNode ParseOr() => ParseLogical("or", isAnd: false, ParseAnd);

    private FilterNode ParseAnd() => ParseLogical("and", isAnd: true, ParseComparison);

    private FilterNode ParseLogical(string keyword, bool isAnd, Func<FilterNode> parseOperand)
    {
        var start = _lexer.Start;
        var first = parseOperand();
        if (!_lexer.TryTake(keyword))
        {
            return first;
        }

        var operands = new List<FilterNode> { first };
        do
        {
            operands.Add(parseOperand());
        }
        while (_lexer.TryTake(keyword));
        return Mark(start, new LogicalNode(isAnd, operands));
    }

    private FilterNode ParseComparison()
    {
        var start = _lexer.Start;
        var left = ParseUnary();
        for (var links = 0; ; links++)
        {
            // A chain (a eq b eq c …) grows the tree to the left, where the parser's recursion doesn't see it.
            if (links > 1 && ++_chained > MaxDepth)
            {
                throw _lexer.SyntaxError();
            }

            if (_lexer.TryTake("in"))
            {
                left = Mark(start, ParseIn(left));
            }
            else if (Array.Find(Comparisons, _lexer.TryTake) is { } comparison)
            {
                left = Mark(start, new ComparisonNode(comparison, left, ParseUnary()));
            }
            else
            {
                return left;
            }
        }
    }

    private FilterNode ParseIn(FilterNode item)
    {
        if (!_lexer.TryTake(FilterTokenKind.OpenParenthesis))
        {
            return new InCollectionNode(item, ParseUnary());
        }

        return new InListNode(item, ParseList());
    }

    private FilterNode ParseUnary()
    {
        // Bounds the parser's own recursion, whatever the text.
        if (++_depth > MaxDepth)
        {
            throw _lexer.SyntaxError();
        }

        var start = _lexer.Start;
        var node = _lexer.TryTake("not") ? Mark(start, new NotNode(ParseUnary())) : ParsePrimary();
        _depth--;
        return node;
    }

    private FilterNode ParsePrimary()
    {
        switch (_lexer.Current.Kind)
        {
            case FilterTokenKind.OpenParenthesis:
                _lexer.Take();
                var inner = ParseOr();
                _lexer.Expect(FilterTokenKind.CloseParenthesis);
                return inner;
            case FilterTokenKind.String:
                return new LiteralNode(new(_lexer.Take().Text));
            case FilterTokenKind.Integer:
                return new LiteralNode(new(long.Parse(_lexer.Take().Text)));
            case FilterTokenKind.Identifier:
                return ParseIdentifier();
            default:
                throw _lexer.SyntaxError();
        }
    }

    private FilterNode ParseIdentifier()
    {
        var start = _lexer.Start;
        var name = _lexer.Take().Text;
        if (_lexer.Current.Kind == FilterTokenKind.OpenParenthesis)
        {
            return Mark(start, ParseFunction(name));
        }

        // Property names ignore case, keywords don't.
        return name switch
        {
            "true" => new LiteralNode(new(true)),
            "false" => new LiteralNode(new(false)),
            "null" => new LiteralNode(FilterValue.Null),
            _ => name.ToLowerInvariant() switch
            {
                "userid" => new PropertyNode(static connection => new(connection?.UserId)),
                "connectionid" => new PropertyNode(static connection => new(connection?.Id ?? "")),
                "groups" => new PropertyNode(static connection => new(connection?.Groups ?? ConnectionFilter.NoGroups)),
                "protocol" => new PropertyNode(static connection => new(connection?.Subprotocol)),
                _ => throw _lexer.SyntaxError(),
            },
        };
    }

    private FunctionNode ParseFunction(string name)
    {
        if (FilterFunction.Find(name) is not { } function)
        {
            throw new FilterException($"Unknown function '{name}'.");
        }

        _lexer.Expect(FilterTokenKind.OpenParenthesis);
        var arguments = ParseList();
        return arguments.Count >= function.MinArguments && arguments.Count <= function.MaxArguments
            ? new(function, arguments)
            : throw new FilterException($"Function '{name}' takes {function.MinArguments} argument(s), not {arguments.Count}.");
    }

    private FilterNode Mark(int start, FilterNode node) => node with { Source = _lexer.TextFrom(start) };

    /// <summary>What stands between parentheses, the first of which is taken.</summary>
    private List<FilterNode> ParseList()
    {
        var items = new List<FilterNode>();
        do
        {
            items.Add(ParseOr());
        }
        while (_lexer.TryTake(FilterTokenKind.Comma));
        _lexer.Expect(FilterTokenKind.CloseParenthesis);
        return items;
    }
}
