using System.Text.Json;

namespace ServerlessChat.Tables.Wire;

/// <summary>Writes a row as JSON, and refuses in the same pass what is over a limit.</summary>
internal static class EntityWriter
{
    // 255 with PartitionKey, RowKey and Timestamp.
    private const int MostProperties = 252;
    private const int MostValueBytes = 64 * 1024;
    private const int MostEntityBytes = 1024 * 1024;

    // The earliest that a date of the service can say.
    private static readonly DateTime Earliest = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <exception cref="TableRequestFailedException">400, with the code that the service answers.</exception>
    /// <exception cref="ArgumentException">A value of a type that no property can have: a mistake in the program.</exception>
    public static void Write(Utf8JsonWriter json, TableEntity entity)
    {
        KeyText.Check(entity.PartitionKey, entity.RowKey);
        json.WriteStartObject();
        json.WriteString(TableEntity.PartitionKeyName, entity.PartitionKey);
        json.WriteString(TableEntity.RowKeyName, entity.RowKey);

        // The formula by which the service counts; text counts as UTF-16:
        // https://learn.microsoft.com/archive/blogs/avkashchauhan/how-the-size-of-an-entity-is-caclulated-in-windows-azure-table-storage
        long size = 4 + (2L * (entity.PartitionKey.Length + entity.RowKey.Length));
        int count = 0;
        foreach ((string name, object? value) in entity)
        {
            if (value is not null && !TableEntity.IsSystem(name))
            {
                size += 8 + (2L * name.Length) + WriteProperty(json, name, value);
                count++;
            }
        }

        json.WriteEndObject();
        Check(count, size);
    }

    private static void Check(int count, long size)
    {
        if (count > MostProperties)
        {
            throw Refusal.BadRequest(
                TableErrorCode.TooManyProperties, $"The entity has {count} properties of its own; at most {MostProperties} are allowed.");
        }

        if (size > MostEntityBytes)
        {
            throw Refusal.BadRequest(TableErrorCode.EntityTooLarge, $"The entity takes {size} bytes; at most {MostEntityBytes} are allowed.");
        }
    }

    /// <returns>The bytes that the value counts.</returns>
    private static int WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        PropertyName property = PropertyName.Of(name);
        switch (value)
        {
            case string text:
                return WriteText(json, property, name, text);
            case int number:
                json.WriteNumber(property.Text, number);
                return 4;
            case long number:
                // As text: a JSON number of 64 bits is not safe in every reader.
                json.WriteString(property.TypeText, "Edm.Int64"u8);
                json.WriteString(property.Text, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return 8;
            case bool truth:
                json.WriteBoolean(property.Text, truth);
                return 1;
            case double number:
                WriteDouble(json, property, number);
                return 8;
            default:
                return WriteOther(json, property, name, value);
        }
    }

    private static int WriteOther(Utf8JsonWriter json, PropertyName property, string name, object value)
    {
        switch (value)
        {
            case DateTimeOffset time:
                return WriteTime(json, property, name, time.UtcDateTime);
            case DateTime time:
                return WriteTime(json, property, name, TableEntity.ToUtc(time));
            case Guid guid:
                json.WriteString(property.TypeText, "Edm.Guid"u8);
                json.WriteString(property.Text, guid);
                return 16;
            case byte[] bytes:
                return WriteBinary(json, property, name, bytes);
            case BinaryData data:
                return WriteBinary(json, property, name, data.ToMemory().Span);
            default:
                throw new ArgumentException($"The property {name} is of type {value.GetType()}, which Table Storage doesn't have.", nameof(value));
        }
    }

    private static int WriteText(Utf8JsonWriter json, PropertyName property, string name, string text)
    {
        CheckLength(name, 2L * text.Length);
        if (Surrogates.IndexOfLone(text) >= 0)
        {
            throw Refusal.BadRequest(TableErrorCode.InvalidInput, $"The property {name} holds half a surrogate pair, which is no text.");
        }

        json.WriteString(property.Text, text);
        return 4 + (2 * text.Length);
    }

    private static int WriteBinary(Utf8JsonWriter json, PropertyName property, string name, ReadOnlySpan<byte> bytes)
    {
        CheckLength(name, bytes.Length);
        json.WriteString(property.TypeText, "Edm.Binary"u8);
        json.WriteBase64String(property.Text, bytes);
        return 4 + bytes.Length;
    }

    private static int WriteTime(Utf8JsonWriter json, PropertyName property, string name, DateTime time)
    {
        if (time < Earliest)
        {
            throw Refusal.BadRequest(TableErrorCode.OutOfRangeInput, $"The property {name} is a date before 1601.");
        }

        json.WriteString(property.TypeText, "Edm.DateTime"u8);
        json.WriteString(property.Text, time);
        return 8;
    }

    private static void WriteDouble(Utf8JsonWriter json, PropertyName property, double number)
    {
        json.WriteString(property.TypeText, "Edm.Double"u8);
        if (double.IsFinite(number))
        {
            json.WriteNumber(property.Text, number);
        }
        else
        {
            // "NaN", "Infinity", "-Infinity": JSON has no numbers for them.
            json.WriteString(property.Text, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void CheckLength(string name, long bytes)
    {
        if (bytes > MostValueBytes)
        {
            throw Refusal.BadRequest(
                TableErrorCode.PropertyValueTooLarge, $"The property {name} takes {bytes} bytes; at most {MostValueBytes} are allowed.");
        }
    }
}
