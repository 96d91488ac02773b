using System.Globalization;
using System.Text;

namespace ServerlessChat.Tables.Wire;

/// <summary>Values as literals of an OData filter.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities#supported-comparison-operators">Filters</seealso>
internal static class FilterText
{
    /// <exception cref="ArgumentException">A value of a type that no property can have.</exception>
    public static string Compose(FormattableString filter)
    {
        object?[] arguments = filter.GetArguments();
        object[] literals = new object[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            literals[i] = Literal(arguments[i]);
        }

        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    private static string Literal(object? value) => value switch
    {
        string text => Quote(text),
        char c => Quote(c.ToString()),
        bool truth => truth ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number => Double(number),
        DateTimeOffset time => $"datetime'{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}'",
        DateTime time => $"datetime'{TableEntity.ToUtc(time):yyyy-MM-ddTHH:mm:ss.fffffffZ}'",
        Guid guid => $"guid'{guid:D}'",
        byte[] bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        _ => throw new ArgumentException($"A filter can't hold a value of type {value?.GetType().ToString() ?? "null"}.", nameof(value)),
    };

    private static string Quote(string text) => new StringBuilder(text.Length + 2)
        .Append('\'').Append(text).Replace("'", "''", 1, text.Length).Append('\'').ToString();

    // A whole number without a point would be an Int32.
    private static string Double(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E', 'N') ? text : text + ".0";
    }
}
