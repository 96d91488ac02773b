using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>A function as the host reads it from <c>(name)/function.json</c>.</summary>
/// <param name="Name">The folder's.</param>
/// <param name="Route">Null for a timer.</param>
/// <param name="Methods">Empty for all; as written.</param>
/// <param name="AuthLevel"><c>function</c> where the file says nothing.</param>
/// <param name="Schedule">Null for what is called over HTTP.</param>
internal sealed partial record HostFunction(string Name, string? Route, IReadOnlyList<string> Methods, string AuthLevel, string? Schedule)
{
    private static readonly string[] Reserved = ["admin", "runtime"];

    private readonly Lazy<TemplateMatcher> _matcher = new(() => new TemplateMatcher(TemplateParser.Parse(Route!), []));

    /// <exception cref="InvalidDataException">The host would put the function in error: it is not there, and its log says why.</exception>
    public static HostFunction Read(string folder)
    {
        string name = Path.GetFileName(folder);
        Require(ValidName().IsMatch(name) && !string.Equals(name, "host", StringComparison.OrdinalIgnoreCase), name, "is no name for a function");
        Require(Directory.GetFileSystemEntries(folder).Length == 1, name, "has files beside function.json: a lone one would be its script");
        JsonElement[] bindings = [.. JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "function.json"))).GetProperty("bindings").EnumerateArray()];
        string[] kinds = [.. bindings.Select(b => $"{Text(b, "type")} {Text(b, "direction")}").Order(StringComparer.Ordinal)];
        Require(Array.TrueForAll(bindings, b => Text(b, "name") is { Length: > 0 }), name, "has a binding without a name");
        return kinds switch
        {
            ["timerTrigger in"] => Timer(name, bindings[0]),
            ["http out", "httpTrigger in"] => Http(name, bindings.Single(b => Text(b, "type") is "httpTrigger")),
            _ => throw new InvalidDataException($"{name} has other bindings than those of a timer or of HTTP, and would not be proxied: {string.Join(", ", kinds)}."),
        };
    }

    /// <summary>Whether the host would call this function for the request.</summary>
    /// <param name="method">In any case.</param>
    /// <param name="path">Decoded. The routes are matched with it as it is: made into a <see cref="PathString"/> by a cast, it would be decoded again.</param>
    public bool Takes(string method, string path) =>
        Route is not null
        && (Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        && _matcher.Value.TryMatch(new PathString(path), []);

    /// <summary>Of two functions of one route whose methods overlap, the host keeps the one that comes first.</summary>
    public bool IsHiddenBy(HostFunction earlier) =>
        Route is not null
        && string.Equals(Route, earlier.Route, StringComparison.OrdinalIgnoreCase)
        && (Methods.Count == 0 || earlier.Methods.Count == 0 || Methods.Intersect(earlier.Methods, StringComparer.OrdinalIgnoreCase).Any());

    private static HostFunction Timer(string name, JsonElement binding)
    {
        string schedule = Text(binding, "schedule") ?? "";
        Require(Schedules().IsMatch(schedule), name, $"has no schedule of six fields: '{schedule}'");
        return new HostFunction(name, Route: null, [], "", schedule);
    }

    private static HostFunction Http(string name, JsonElement binding)
    {
        // Without a route, the function's name is one.
        string route = Text(binding, "route") is { Length: > 0 } text ? text : name;
        Require(!Array.Exists(Reserved, r => route.StartsWith(r, StringComparison.OrdinalIgnoreCase)), name, $"has a route that the host keeps for itself: {route}");
        Require(TemplateParser.Parse(route).Parameters.All(p => !p.InlineConstraints.Any()), name, "has a constraint, which this stand-in does not know");
        string[] methods = binding.TryGetProperty("methods", out JsonElement list) ? [.. list.EnumerateArray().Select(m => m.GetString()!)] : [];
        return new HostFunction(name, route, methods, Text(binding, "authLevel") ?? "function", Schedule: null);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void Require(bool condition, string name, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException($"{name} {otherwise}.");
        }
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_-]{0,127}$", RegexOptions.NonBacktracking)]
    private static partial Regex ValidName();

    [GeneratedRegex(@"^[\d*/,-]+( [\w*/,-]+){5}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Schedules();
}
