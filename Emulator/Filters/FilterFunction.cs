using System.Collections.Immutable;

namespace Emulator.Filters;

/// <summary>A function of the filter language. Names are lower-case.</summary>
internal sealed record FilterFunction(int MinArguments, int MaxArguments, Func<FilterValue[], FilterValue> Invoke)
{
    private static readonly Dictionary<string, FilterFunction> Known = new(StringComparer.Ordinal)
    {
        ["startswith"] = Test(static (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["endswith"] = Test(static (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["contains"] = Test(static (text, part) => text.Contains(part, StringComparison.Ordinal)),
        ["length"] = new(1, 1, static arguments => Length(arguments[0])),
        ["indexof"] = new(2, 2, static arguments => IndexOf(arguments[0].AsString(), arguments[1].AsString())),
        ["tolower"] = Map(static text => text.ToLowerInvariant()),
        ["toupper"] = Map(static text => text.ToUpperInvariant()),
        ["trim"] = Map(static text => text.Trim()),
        ["concat"] = new(2, 2, static arguments => Concat(arguments[0].AsString(), arguments[1].AsString())),
        ["substring"] = new(2, 3, Substring),
    };

    /// <returns>Null: there is no such function.</returns>
    public static FilterFunction? Find(string name) => Known.GetValueOrDefault(name);

    private static FilterFunction Test(Func<string, string, bool> test) => new(2, 2, arguments =>
    {
        var (text, part) = (arguments[0].AsString(), arguments[1].AsString());
        return new(text is not null && part is not null && test(text, part));
    });

    private static FilterFunction Map(Func<string, string> map) =>
        new(1, 1, arguments => arguments[0].AsString() is { } text ? new(map(text)) : FilterValue.Null);

    private static FilterValue Length(FilterValue value) => value.Value switch
    {
        ImmutableHashSet<string> groups => new((long)groups.Count),
        _ => value.AsString() is { } text ? new((long)text.Length) : FilterValue.Null,
    };

    private static FilterValue IndexOf(string? text, string? part) =>
        new(text is null || part is null ? -1L : text.IndexOf(part, StringComparison.Ordinal));

    private static FilterValue Concat(string? left, string? right) => left is null && right is null ? FilterValue.Null : new(left + right);

    // Bounds beyond the text are cut: one connection's short user id must not fail a filter.
    private static FilterValue Substring(FilterValue[] arguments)
    {
        var (text, start, length) = (arguments[0].AsString(), arguments[1].AsInteger(), arguments.Length > 2 ? arguments[2].AsInteger() : long.MaxValue);
        if (text is null || start is null || length is null)
        {
            return FilterValue.Null;
        }

        var from = (int)Math.Clamp(start.Value, 0, text.Length);
        return new(text.Substring(from, (int)Math.Clamp(length.Value, 0, text.Length - from)));
    }
}
