using System.Collections.Immutable;
using Emulator.Hubs;

namespace Emulator.Filters;

/// <summary>An OData filter over connections, read and checked.</summary>
internal sealed class ConnectionFilter
{
    private readonly FilterNode _root;

    private ConnectionFilter(FilterNode root) => _root = root;

    public static ImmutableHashSet<string> NoGroups { get; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <exception cref="FilterException">The text is no filter, or no condition on a connection without user and groups.</exception>
    public static ConnectionFilter Parse(string text)
    {
        var root = FilterParser.Parse(text);
        root.Evaluate(new(null)).AsBool();
        return new(root);
    }

    /// <summary>A type that fits no user at all but this one's leaves the connection out.</summary>
    public bool Matches(Connection connection)
    {
        try
        {
            return _root.Evaluate(new(connection)).AsBool();
        }
        catch (FilterException)
        {
            return false;
        }
    }
}
