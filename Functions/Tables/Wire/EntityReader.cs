using System.Text.Json;

namespace ServerlessChat.Tables.Wire;

/// <summary>
/// Reads rows from JSON with minimal metadata. Names that one page repeats are made once.
/// </summary>
internal sealed class EntityReader
{
    private const string TypeSuffix = "@odata.type";

    private readonly List<Column> _columns = [];
    private readonly List<(string Name, EdmType Type)> _types = [];

    /// <summary>A point read's answer: <c>{"odata.metadata":…,"odata.etag":…,"PartitionKey":…}</c>.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static TableEntity ReadOne(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body);
        Expect(ref reader, JsonTokenType.StartObject);
        return new EntityReader().Read(ref reader);
    }

    /// <summary>A query's answer: <c>{"odata.metadata":…,"value":[…]}</c>.</summary>
    /// <exception cref="JsonException">It is something else. No value is not an empty page: rows would be missed in silence.</exception>
    public static List<TableEntity> ReadPage(ReadOnlySpan<byte> body)
    {
        List<TableEntity>? entities = null;
        Utf8JsonReader reader = new(body);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                entities = ReadRows(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return entities ?? throw new JsonException("The answer has no value.");
    }

    private static List<TableEntity> ReadRows(ref Utf8JsonReader reader)
    {
        List<TableEntity> entities = [];
        EntityReader rows = new();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            entities.Add(reader.TokenType == JsonTokenType.StartObject ? rows.Read(ref reader) : throw new JsonException("A row is no object."));
        }

        return entities;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException($"The answer has {reader.TokenType} in place of {token}.");
        }
    }

    private TableEntity Read(ref Utf8JsonReader reader)
    {
        TableEntity entity = new(capacity: _columns.Count);
        _types.Clear();
        for (int position = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; position++)
        {
            Column column = ReadColumn(ref reader, position);
            reader.Read();
            if (column.Annotated is { } annotated)
            {
                Annotate(entity, annotated, EdmValue.Type(ref reader));
            }
            else if (column.IsMetadata)
            {
                reader.Skip();
            }
            else
            {
                Set(entity, column.Name, ref reader);
            }
        }

        return entity;
    }

    private void Set(TableEntity entity, string name, ref Utf8JsonReader reader)
    {
        object? value = reader.TokenType switch
        {
            JsonTokenType.String => EdmValue.Text(ref reader, Annotation(name)),
            JsonTokenType.Number => EdmValue.Number(ref reader, Annotation(name)),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw new JsonException($"The property {name} is not a value."),
        };
        if (value is not null)
        {
            entity[name] = value;
        }
    }

    /// <summary>The annotation comes before its property, as far as seen; JSON doesn't promise it.</summary>
    private void Annotate(TableEntity entity, string name, EdmType type)
    {
        _types.Add((name, type));
        switch (entity[name])
        {
            case string text:
                entity[name] = EdmValue.Convert(text, type);
                break;
            case int number:
                entity[name] = EdmValue.Widen(number, type);
                break;
        }
    }

    private EdmType Annotation(string name)
    {
        if (string.Equals(name, TableEntity.TimestampName, StringComparison.Ordinal))
        {
            return EdmType.DateTime;
        }

        // Nearly always the last.
        for (int i = _types.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_types[i].Name, name, StringComparison.Ordinal))
            {
                return _types[i].Type;
            }
        }

        return EdmType.Unknown;
    }

    /// <summary>What stands at this place, nearly always the same as in the row before.</summary>
    private Column ReadColumn(ref Utf8JsonReader reader, int position)
    {
        if (position < _columns.Count && reader.ValueTextEquals(_columns[position].Name))
        {
            return _columns[position];
        }

        Column column = Column.Of(reader.GetString()!);
        if (position < _columns.Count)
        {
            _columns[position] = column;
        }
        else
        {
            _columns.Add(column);
        }

        return column;
    }

    /// <param name="Annotated">Of which property it gives the type; null for a property.</param>
    /// <param name="IsMetadata">Neither a property nor a type.</param>
    private readonly record struct Column(string Name, string? Annotated, bool IsMetadata)
    {
        public static Column Of(string name) => new(
            name,
            name.EndsWith(TypeSuffix, StringComparison.Ordinal) ? name[..^TypeSuffix.Length] : null,
            name.StartsWith("odata.", StringComparison.Ordinal) && !string.Equals(name, TableEntity.ETagName, StringComparison.Ordinal));
    }
}
