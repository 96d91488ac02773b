using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;

namespace ServerlessChat.Groups;

/// <summary>Which public groups a reader looks for.</summary>
/// <param name="Q">The beginning of a name or a slug, compared as they are; at most 100 characters. Default: every group, by name.</param>
/// <param name="After">What the page before answered as <c>after</c>: nothing for the first page.</param>
/// <param name="Limit">Groups, 1 to 100. Default 50.</param>
[Query]
public sealed record DirectoryRequest(
    [property: StringLength(GroupRules.MaxNameLength), DefaultValue("")] string Q,
    string? After,
    [property: Range(1, DirectoryRequest.MaxLimit), DefaultValue(DirectoryRequest.DefaultLimit)] int Limit)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 100;

    /// <summary>The longest row key of the directory, and some.</summary>
    private const int MaxAfter = 400;

    /// <summary>Whether a page may have answered it: without a text nothing is found by slug, and no cursor leads there.</summary>
    private static bool IsCursor(string after, string q) =>
        after.Length is > 0 and <= MaxAfter && after.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')
        && (q.Length > 0 || !after.StartsWith(Keys.DirectorySlugs, StringComparison.Ordinal));

    /// <summary>Binds from the query; anything else is a 400 that names the field.</summary>
    public static ValueTask<DirectoryRequest?> BindAsync(HttpContext context)
    {
        string q = context.Request.Query["q"].ToString().Trim();
        string? after = context.Request.Query["after"];
        string? limit = context.Request.Query["limit"];
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (q.Length > GroupRules.MaxNameLength)
        {
            errors["q"] = [$"At most {GroupRules.MaxNameLength} characters."];
        }

        if (after is not null && !IsCursor(after, q))
        {
            errors["after"] = ["Send what the page before gave as after."];
        }

        int number = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= MaxLimit))
        {
            errors["limit"] = [$"This is a whole number from 1 to {MaxLimit}."];
        }

        return errors.Count > 0
            ? throw new ApiProblemException(ApiProblem.Fields(errors))
            : ValueTask.FromResult<DirectoryRequest?>(new DirectoryRequest(q, after, number));
    }
}
