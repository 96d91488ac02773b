using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ServerlessChat.Hosting;

/// <summary>From bytes to a request record, with an error that says which field is wrong.</summary>
internal static class BodyParser
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="ApiProblemException">415, 400 <c>invalid_json</c>, or 400 with the field.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> body, BodyFormat format, JsonTypeInfo<T> type)
        where T : class
    {
        if (!Utf8.IsValid(body))
        {
            throw InvalidJson();
        }

        return format switch
        {
            BodyFormat.Form => ParseJson(FormJson.From(body), type),
            BodyFormat.None when body.IsEmpty => ParseJson("{}"u8, type),
            BodyFormat.None => throw BodyFormats.Unsupported(),
            _ => ParseJson(body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body, type),
        };
    }

    private static T ParseJson<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw InvalidJson();
        }
        catch (JsonException e)
        {
            // Whether the text or a field's type is at fault is asked only now: a good body is read once.
            throw IsObject(json) ? WrongType(e, type) : InvalidJson();
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
                // To the end: what follows the object counts too.
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ApiProblemException WrongType(JsonException exception, JsonTypeInfo type)
    {
        JsonPropertyInfo? field = type.Properties.FirstOrDefault(p => IsAt(exception.Path, p.Name));
        return new ApiProblemException(field is null
            ? ApiProblem.Of(Errors.InvalidRequest)
            : ApiProblem.Field(field.Name, Expected(Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType)));
    }

    // Paths look like $.message or $.members[0]; the body's field is the first part.
    private static bool IsAt(string? path, string field) =>
        path is not null && path.StartsWith("$." + field, StringComparison.OrdinalIgnoreCase)
        && (path.Length == field.Length + 2 || path[field.Length + 2] is '.' or '[');

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "This must be text.",
        _ when type == typeof(long) || type == typeof(int) => "This must be a whole number.",
        _ when type == typeof(bool) => "This must be true or false.",
        _ => "This has the wrong type.",
    };

    private static ApiProblemException InvalidJson() => new(ApiProblem.Of(Errors.InvalidJson));
}
