using System.Text.Json;

namespace ServerlessChat.Bench.Stub;

/// <summary>A row as it was sent: each property's value as JSON, annotations of type among them. Never changed, only replaced.</summary>
/// <param name="PartitionKey">Also among the properties.</param>
/// <param name="RowKey">Also among the properties.</param>
/// <param name="Properties">Name and JSON, in order.</param>
internal sealed record StubRow(string PartitionKey, string RowKey, string ETag, List<KeyValuePair<string, byte[]>> Properties)
{
    private const string TypeSuffix = "@odata.type";

    /// <summary>Reads what is sent with an insert or an update; the keys are in the address too.</summary>
    public static StubRow Read(ReadOnlySpan<byte> json)
    {
        var properties = new List<KeyValuePair<string, byte[]>>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        (string partition, string row) = ("", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            (partition, row) = name switch
            {
                "PartitionKey" => (reader.GetString()!, row),
                "RowKey" => (partition, reader.GetString()!),
                _ => (partition, row),
            };
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            properties.Add(new(name, json[start..(int)reader.BytesConsumed].ToArray()));
        }

        return new StubRow(partition, row, "", properties);
    }

    /// <summary>This row with the other's properties over its own.</summary>
    public StubRow Merge(StubRow patch)
    {
        var merged = new List<KeyValuePair<string, byte[]>>(Properties);
        foreach (KeyValuePair<string, byte[]> property in patch.Properties)
        {
            int at = merged.FindIndex(own => string.Equals(own.Key, property.Key, StringComparison.Ordinal));
            if (at < 0)
            {
                merged.Add(property);
            }
            else
            {
                merged[at] = property;
            }
        }

        return this with { Properties = merged };
    }

    /// <param name="json">At the place of a value.</param>
    /// <param name="select">Null for all.</param>
    /// <param name="metadata">The answer's <c>odata.metadata</c>; null inside a page.</param>
    public void Write(Utf8JsonWriter json, string[]? select, string? metadata)
    {
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteString("odata.metadata"u8, metadata);
        }

        json.WriteString("odata.etag"u8, ETag);
        foreach ((string name, byte[] value) in Properties)
        {
            if (select is null || IsSelected(select, name))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value, skipInputValidation: true);
            }
        }

        json.WriteEndObject();
    }

    private static bool IsSelected(string[] select, string name)
    {
        ReadOnlySpan<char> plain = name.EndsWith(TypeSuffix, StringComparison.Ordinal) ? name.AsSpan(0, name.Length - TypeSuffix.Length) : name;
        foreach (string selected in select)
        {
            if (plain.SequenceEqual(selected))
            {
                return true;
            }
        }

        return false;
    }
}
