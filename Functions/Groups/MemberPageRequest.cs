using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.Groups;

/// <summary>Which members a reader wants.</summary>
/// <param name="After">What the page before answered as <c>after</c>: nothing for the first page.</param>
/// <param name="Limit">Members, 1 to 200. Default 50.</param>
[Query]
public sealed record MemberPageRequest(
    AccountId? After,
    [property: Range(1, MemberPageRequest.MaxLimit), DefaultValue(MemberPageRequest.DefaultLimit)] int Limit)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>Binds from the query; anything else is a 400 that names the field.</summary>
    public static ValueTask<MemberPageRequest?> BindAsync(HttpContext context)
    {
        string? after = context.Request.Query["after"];
        string? limit = context.Request.Query["limit"];
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (after is not null && !(after.Length == 32 && after.All(char.IsAsciiHexDigitLower)))
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
            : ValueTask.FromResult<MemberPageRequest?>(new MemberPageRequest(after is null ? null : new AccountId(after), number));
    }
}
