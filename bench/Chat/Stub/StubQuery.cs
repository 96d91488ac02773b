using System.Text.RegularExpressions;

namespace ServerlessChat.Bench.Stub;

/// <summary>A range of row keys in one partition, the only kind of query that the function app asks.</summary>
/// <param name="From">Empty for the first row.</param>
/// <param name="To">Null for no end.</param>
internal sealed partial record StubQuery(string Partition, string From, bool ExcludesFrom, string? To, bool ExcludesTo)
{
    /// <summary>Null when it is another kind of filter.</summary>
    public static StubQuery? Parse(string filter)
    {
        var query = new StubQuery("", "", ExcludesFrom: false, To: null, ExcludesTo: false);
        int end = 0;
        foreach (Match match in Comparison().Matches(filter))
        {
            string value = match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal);
            query = (match.Groups["key"].Value, match.Groups["operator"].Value) switch
            {
                ("Partition", "eq") => query with { Partition = value },
                ("Row", "eq") => query with { From = value, To = value },
                ("Row", "ge") => query with { From = value },
                ("Row", "gt") => query with { From = value, ExcludesFrom = true },
                ("Row", "le") => query with { To = value },
                ("Row", "lt") => query with { To = value, ExcludesTo = true },
                _ => null!,
            };
            if (query is null || match.Index != end)
            {
                return null;
            }

            end = match.Index + match.Length;
        }

        return end == filter.Length && query.Partition.Length > 0 ? query : null;
    }

    /// <summary>Of a key between the bounds: whether it is not an excluded bound itself.</summary>
    public bool Holds(string key) =>
        !(ExcludesFrom && string.Equals(key, From, StringComparison.Ordinal)) && !(ExcludesTo && string.Equals(key, To, StringComparison.Ordinal));

    [GeneratedRegex(@"( and )?\(?(?<key>Partition|Row)Key (?<operator>eq|ge|gt|le|lt) '(?<value>([^']|'')*)'\)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();
}
