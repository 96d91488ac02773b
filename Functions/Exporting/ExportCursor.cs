using System.Globalization;
using ServerlessChat.Storage;

namespace ServerlessChat.Exporting;

/// <summary>How far an export has come: its conversations follow each other in the order of the rows that lead to them.</summary>
/// <param name="RowKey">Of the inbox row that leads to the conversation; of a group that was left: that led to it.</param>
/// <param name="Id">The newest entry of it that was looked at.</param>
public sealed record ExportCursor(string RowKey, long Id)
{
    /// <summary>A row key, which is <c>[a-z0-9-]</c>, and a number of 19 digits.</summary>
    private const int MaxLength = 100;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RowKey}.{Id}");

    /// <summary>Null for what is none that an export gave.</summary>
    public static ExportCursor? Parse(string text) =>
        text.Length <= MaxLength && text.Split('.') is [var rowKey, var id]
        && rowKey.StartsWith(Keys.Inbox, StringComparison.Ordinal)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new ExportCursor(rowKey, number)
            : null;
}
