namespace ServerlessChat.Tables.Wire;

/// <summary>
/// Recognises filters that cost what they return: <c>PartitionKey eq '…'</c>, joined by <c>and</c> with any number of comparisons
/// <c>RowKey eq|ge|gt|le|lt '…'</c>, in any order, with parentheses where one likes.
/// </summary>
/// <remarks>
/// <code>
/// filter     = term { "and" term }
/// term       = "(" filter ")" | comparison
/// comparison = ( "PartitionKey" "eq" | "RowKey" ( "eq" | "ge" | "gt" | "le" | "lt" ) ) literal
/// literal    = "'" { any but "'" | "''" } "'"
/// </code>
/// Conditions on other properties are left out on purpose: the service reads and drops the rows that they exclude, so a page may
/// cost a partition.
/// </remarks>
internal ref struct KeyRangeFilter
{
    private ReadOnlySpan<char> _rest;
    private int _partitions;

    private KeyRangeFilter(ReadOnlySpan<char> filter) => _rest = filter;

    public static bool IsKeyRange(string? filter)
    {
        KeyRangeFilter parser = new(filter);
        return parser.Filter(depth: 0) && parser._rest.IsWhiteSpace() && parser._partitions == 1;
    }

    private bool Filter(int depth)
    {
        do
        {
            if (!Term(depth))
            {
                return false;
            }
        }
        while (Take("and"));

        return true;
    }

    private bool Term(int depth)
    {
        if (!Symbol('('))
        {
            return Comparison();
        }

        // A bound for the stack; no filter that a person wrote comes near.
        return depth < 16 && Filter(depth + 1) && Symbol(')');
    }

    private bool Comparison()
    {
        if (Take(TableEntity.PartitionKeyName))
        {
            _partitions++;
            return Take("eq") && Literal();
        }

        return Take(TableEntity.RowKeyName)
            && (Take("eq") || Take("ge") || Take("gt") || Take("le") || Take("lt"))
            && Literal();
    }

    private bool Literal()
    {
        if (!Symbol('\''))
        {
            return false;
        }

        while (true)
        {
            int quote = _rest.IndexOf('\'');
            if (quote < 0)
            {
                return false;
            }

            _rest = _rest[(quote + 1)..];
            if (_rest.IsEmpty || _rest[0] != '\'')
            {
                return true;
            }

            _rest = _rest[1..];
        }
    }

    /// <summary>A whole word; OData's words are in lower case and names compare by case.</summary>
    private bool Take(string word)
    {
        ReadOnlySpan<char> rest = _rest.TrimStart();
        if (!rest.StartsWith(word, StringComparison.Ordinal) || (rest.Length > word.Length && IsWordPart(rest[word.Length])))
        {
            return false;
        }

        _rest = rest[word.Length..];
        return true;
    }

    private bool Symbol(char symbol)
    {
        ReadOnlySpan<char> rest = _rest.TrimStart();
        if (rest.IsEmpty || rest[0] != symbol)
        {
            return false;
        }

        _rest = rest[1..];
        return true;
    }

    private static bool IsWordPart(char c) => c == '_' || char.IsLetterOrDigit(c);
}
