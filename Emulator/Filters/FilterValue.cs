using System.Collections.Immutable;

namespace Emulator.Filters;

/// <summary>A value while a filter is worked out: null, a bool, an integer, a string or the connection's groups.</summary>
internal readonly record struct FilterValue(object? Value)
{
    public static FilterValue Null => default;

    public bool IsNull => Value is null;

    /// <summary>Strings by ordinal value; values of different types differ.</summary>
    public bool IsSame(FilterValue other) => Equals(Value, other.Value);

    public bool AsBool() => Value is bool value ? value : throw WrongType("bool");

    /// <returns>Null for null.</returns>
    public long? AsInteger() => Value switch { null => null, long value => value, _ => throw WrongType("int") };

    /// <returns>Null for null.</returns>
    public string? AsString() => Value switch { null => null, string value => value, _ => throw WrongType("string") };

    /// <summary>The groups, for <c>in</c> and <c>length</c>.</summary>
    public ImmutableHashSet<string> AsCollection() => Value as ImmutableHashSet<string> ?? throw WrongType("collection");

    private FilterException WrongType(string expected)
    {
        var actual = Value switch { null => "null", bool => "bool", long => "int", string => "string", _ => "collection" };
        return new($"Type '{actual}', expect '{expected}'.");
    }
}
