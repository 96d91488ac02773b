using System.Globalization;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;

namespace ServerlessChat.Exporting;

/// <summary>How far an export has come: its conversations follow each other in the order of the rows that lead to them.</summary>
/// <param name="RowKey">Of the row that leads to the conversation.</param>
/// <param name="Id">The newest entry of it that was looked at.</param>
public sealed record ExportCursor(string RowKey, long Id)
{
    /// <summary>A row key, which is <c>[a-z0-9-]</c>, and a number of 19 digits.</summary>
    private const int MaxLength = 100;

    /// <summary>Binds <c>after</c> from the query; null without one.</summary>
    /// <exception cref="ApiProblemException">400: it is none that an export gave.</exception>
    public static ValueTask<ExportCursor?> BindAsync(HttpContext context)
    {
        string? text = context.Request.Query["after"];
        return text is null
            ? ValueTask.FromResult<ExportCursor?>(null)
            : ValueTask.FromResult<ExportCursor?>(Parse(text) ?? throw new ApiProblemException(ApiProblem.Field("after", "Send what the last line gave as after.")));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RowKey}.{Id}");

    private static ExportCursor? Parse(string text) =>
        text.Length <= MaxLength && text.Split('.') is [var rowKey, var id]
        && (rowKey.StartsWith(Keys.Inbox, StringComparison.Ordinal) || rowKey.StartsWith(Keys.LeftGroups, StringComparison.Ordinal))
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new ExportCursor(rowKey, number)
            : null;
}
