using System.Globalization;
using System.Text.Json;

namespace ServerlessChat.Tables.Wire;

/// <summary>Types that JSON has no values for, as annotations name them.</summary>
internal enum EdmType
{
    Unknown,
    Int64,
    Double,
    DateTime,
    Guid,
    Binary,
}

/// <summary>Values as JSON and annotation say together.</summary>
internal static class EdmValue
{
    public static object Text(ref Utf8JsonReader reader, EdmType type)
    {
        // The service's dates end in Z and are read without a string of their own; what doesn't is taken as UTC.
        return type == EdmType.DateTime && reader.ValueSpan is [.., (byte)'Z'] && reader.TryGetDateTimeOffset(out DateTimeOffset time)
            ? time
            : Convert(reader.GetString()!, type);
    }

    public static object Convert(string text, EdmType type) => type switch
    {
        EdmType.Int64 => (object)long.Parse(text, CultureInfo.InvariantCulture),
        EdmType.Double => double.Parse(text, CultureInfo.InvariantCulture),
        EdmType.DateTime => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        EdmType.Guid => Guid.Parse(text),
        EdmType.Binary => System.Convert.FromBase64String(text),
        _ => text,
    };

    public static object Number(ref Utf8JsonReader reader, EdmType type)
    {
        if (type == EdmType.Int64)
        {
            return reader.GetInt64();
        }

        // Boxed one by one: as the two arms of a conditional, both would become doubles.
        if (type != EdmType.Double && reader.TryGetInt32(out int number))
        {
            return number;
        }

        return reader.GetDouble();
    }

    public static object Widen(int number, EdmType type) => type switch
    {
        EdmType.Int64 => (object)(long)number,
        EdmType.Double => (object)(double)number,
        _ => (object)number,
    };

    public static EdmType Type(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("Edm.Int64"u8) ? EdmType.Int64
        : reader.ValueTextEquals("Edm.Double"u8) ? EdmType.Double
        : reader.ValueTextEquals("Edm.DateTime"u8) ? EdmType.DateTime
        : reader.ValueTextEquals("Edm.Guid"u8) ? EdmType.Guid
        : reader.ValueTextEquals("Edm.Binary"u8) ? EdmType.Binary
        : EdmType.Unknown;
}
