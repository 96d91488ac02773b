using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>Which entries a reader wants: the newest, those before an id, or those after one.</summary>
/// <param name="Before">Only ids below this one; 1 or more. Without it: no bound.</param>
/// <param name="After">Only ids above this one, from the lowest; 0 or more. Without it: from the newest.</param>
/// <param name="Limit">Entries, 1 to 200. Default 50.</param>
[Query]
public sealed record PageRequest(
    [property: Range(1, long.MaxValue)] long? Before,
    long? After,
    [property: Range(1, PageRequest.MaxLimit), DefaultValue(PageRequest.DefaultLimit)] int Limit)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Binds from the query; anything else than a whole number within its bounds is a 400 that names the field.</summary>
    public static ValueTask<PageRequest?> BindAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        long? before = Number(query, "before", 1, long.MaxValue, errors);
        long? after = Number(query, "after", 0, long.MaxValue - MaxLimit - 1, errors);
        long? limit = Number(query, "limit", 1, MaxLimit, errors);
        if (before is not null && after is not null)
        {
            errors["after"] = ["Ask for before or after, not for both."];
        }

        return errors.Count > 0
            ? throw new ApiProblemException(ApiProblem.Fields(errors))
            : ValueTask.FromResult<PageRequest?>(new PageRequest(before, after, (int)(limit ?? DefaultLimit)));
    }

    private static long? Number(IQueryCollection query, string name, long least, long most, Dictionary<string, string[]> errors)
    {
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values.Count == 1
            && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number >= least && number <= most)
        {
            return number;
        }

        errors[name] = [$"This is a whole number from {least} to {most}."];
        return null;
    }
}
