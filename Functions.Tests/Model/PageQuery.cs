using System.Globalization;

namespace ServerlessChat.Tests.Model;

/// <summary>Which part of a log somebody asks for, as it stands in the address.</summary>
internal sealed record PageQuery(string? Before, string? After, string? Limit)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>As much as one page can hold: all, in the logs of the model.</summary>
    public static readonly PageQuery Whole = new(null, null, "200");

    public bool IsForward => After is not null;

    /// <summary>The fields that a 400 has to name.</summary>
    public string[] Wrong()
    {
        bool areBoth = Number(Before, 1, long.MaxValue) is not null && Number(After, 0, long.MaxValue - MaxLimit - 1) is not null;
        return
        [
            .. Before is not null && Number(Before, 1, long.MaxValue) is null ? ["before"] : Array.Empty<string>(),
            .. (After is not null && Number(After, 0, long.MaxValue - MaxLimit - 1) is null) || areBoth ? ["after"] : Array.Empty<string>(),
            .. Limit is not null && Number(Limit, 1, MaxLimit) is null ? ["limit"] : Array.Empty<string>(),
        ];
    }

    /// <summary>The ids that are shown; the first is where to go back from, also when none is.</summary>
    public (long First, long Last) Range(long lastId)
    {
        long limit = Limit is null ? DefaultLimit : long.Parse(Limit, CultureInfo.InvariantCulture);
        if (After is not null)
        {
            long after = Math.Min(lastId, long.Parse(After, CultureInfo.InvariantCulture));
            return (after + 1, Math.Min(after + limit, lastId));
        }

        long before = Before is null ? lastId + 1 : Math.Min(lastId + 1, long.Parse(Before, CultureInfo.InvariantCulture));
        return (Math.Max(1, before - limit), before - 1);
    }

    public override string ToString() => string.Join('&', new[] { ("before", Before), ("after", After), ("limit", Limit) }
        .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));

    private static long? Number(string? text, long least, long most) =>
        text is { Length: > 0 } && text.All(char.IsAsciiDigit) && long.TryParse(text, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most ? number : null;
}
