using Emulator.Filters;
using Emulator.Hubs;
using Microsoft.Extensions.Primitives;

namespace Emulator.Rest;

/// <summary>One REST call: its hub, its parameters as the service checks them, and its answer.</summary>
internal sealed class RestCall(HttpContext context, Hub hub)
{
    private const int MaxTtlSeconds = 300;

    public HttpContext Context { get; } = context;

    public Hub Hub { get; } = hub;

    /// <summary>The body, once read; for the page.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    private IQueryCollection Query => Context.Request.Query;

    public string? Reason => Value("reason");

    public HashSet<string> Excluded => Values("excluded").ToHashSet(StringComparer.Ordinal);

    /// <summary>Null: everybody.</summary>
    public ConnectionFilter? Filter => ParseFilter(Value("filter"));

    public int TtlSeconds => Number("messageTtlSeconds", 0, MaxTtlSeconds) ?? 0;

    public string? Value(string name) => Query.TryGetValue(name, out var values) && values is [{ Length: > 0 } value, ..] ? value : null;

    public IEnumerable<string> Values(string name) => (Query.TryGetValue(name, out var values) ? values : StringValues.Empty).OfType<string>();

    /// <returns>Null: not given.</returns>
    public int? Number(string name, int min, int max)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, out var number) && number >= min && number <= max
            ? number
            : throw RestError.Validation(name, $"The field {name} must be between {min} and {max}.");
    }

    /// <summary>A group name of the path or the query.</summary>
    public static string Group(string? name, string parameter = "group") =>
        Names.IsGroup(name) ? name! : throw RestError.Validation(parameter, Names.GroupRule);

    public static ConnectionFilter? ParseFilter(string? filter)
    {
        try
        {
            return string.IsNullOrEmpty(filter) ? null : ConnectionFilter.Parse(filter);
        }
        catch (FilterException e)
        {
            throw RestError.Validation("filter", $"Invalid syntax for '{e.Part ?? filter}': {e.Message} (Parameter 'filter')");
        }
    }

    /// <summary>Answers without a body.</summary>
    public Task Answer(int status)
    {
        Context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public Task AnswerJson(ReadOnlyMemory<byte> json)
    {
        Context.Response.ContentType = "application/json; charset=utf-8";
        Context.Response.ContentLength = json.Length;
        return Context.Response.Body.WriteAsync(json, Context.RequestAborted).AsTask();
    }
}
