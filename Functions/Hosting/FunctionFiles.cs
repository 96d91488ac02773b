using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ServerlessChat.Hosting;

/// <summary>
/// The Functions host's view of the app: one function for each route, made from the mapped endpoints. The host only lets
/// the request through; the app routes it again, so a function takes every method and the app's own 405 answers.
/// </summary>
/// <remarks>
/// Source: the host takes names <c>^[a-z][a-z0-9_-]{0,127}$</c> except <c>host</c>, refuses routes that begin with <c>admin</c> or
/// <c>runtime</c>, and decides between routes that tie by the order of their names, so the web client's comes last.
/// </remarks>
internal static partial class FunctionFiles
{
    private const string WebFunction = "zz-web";

    /// <summary>Every function, by name.</summary>
    /// <exception cref="InvalidOperationException">A name or a route that the host would refuse, or two functions of one name.</exception>
    public static SortedDictionary<string, FunctionFile> Of(IEndpointRouteBuilder app)
    {
        var files = new SortedDictionary<string, FunctionFile>(StringComparer.Ordinal);
        var endpoints = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        foreach (IGrouping<string, RouteEndpoint> route in endpoints.GroupBy(e => Route(e.RoutePattern), StringComparer.Ordinal))
        {
            (string name, FunctionFile file) = Describe(route.Key, [.. route]);
            if (!ValidName().IsMatch(name) || name is "host" || !files.TryAdd(name, file))
            {
                throw new InvalidOperationException($"The function name '{name}' of /{route.Key} is not valid or taken.");
            }
        }

        return files;
    }

    /// <summary>Writes <c>(name)/function.json</c> for each and removes those of functions that are gone.</summary>
    public static void Write(IReadOnlyDictionary<string, FunctionFile> files, string directory)
    {
        string[] existing = Directory.Exists(directory) ? Directory.GetFiles(directory, "function.json", OneLevelDown) : [];
        foreach (string folder in existing.Select(f => Path.GetDirectoryName(f)!).Where(f => !files.ContainsKey(Path.GetFileName(f))))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach ((string name, FunctionFile file) in files)
        {
            string folder = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
            File.WriteAllText(Path.Combine(folder, "function.json"), JsonSerializer.Serialize(file, FunctionJson.Default.FunctionFile) + "\n");
        }
    }

    private static readonly EnumerationOptions OneLevelDown = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1 };

    private static (string Name, FunctionFile File) Describe(string route, RouteEndpoint[] endpoints)
    {
        if (Metadata<TimerFunctionMetadata>(endpoints) is { } timer)
        {
            return string.Equals(route, timer.Name, StringComparison.Ordinal)
                ? (timer.Name, FunctionFile.Timer(timer.Schedule))
                : throw new InvalidOperationException($"The timer function '{timer.Name}' must be mapped at /{timer.Name}, where the host calls it.");
        }

        if (Metadata<WebFunctionMetadata>(endpoints) is not null)
        {
            return (WebFunction, FunctionFile.Http("{*path}", ["get", "head"]));
        }

        if (route.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"The Functions host keeps routes like /{route} for itself.");
        }

        return (Metadata<FunctionNameMetadata>(endpoints)?.Name ?? DefaultName(route), FunctionFile.Http(route, methods: null));
    }

    private static T? Metadata<T>(RouteEndpoint[] endpoints)
        where T : class => endpoints.Select(e => e.Metadata.GetMetadata<T>()).OfType<T>().Distinct().SingleOrDefault();

    /// <summary>Without slashes at the ends, constraints and defaults: what to refuse is the app's to say.</summary>
    private static string Route(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Text))));

    private static string Text(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart parameter => $"{{{(parameter.IsCatchAll ? "*" : "")}{parameter.Name}}}",
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException($"Unknown part of a route: {part.PartKind}."),
    };

    /// <summary><c>chat/group/{slug}/join</c> becomes <c>chat-group-slug-join</c>.</summary>
    private static string DefaultName(string route) => NotInNames().Replace(route.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.NonBacktracking)]
    private static partial Regex ValidName();

    [GeneratedRegex("[^a-z0-9_]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotInNames();
}
