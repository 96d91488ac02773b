using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace ServerlessChat.OpenApi;

/// <summary>
/// Says in a schema what its record's properties say to the compiler and to people: what may be absent or null, bounds, words, comments.
/// </summary>
/// <remarks>
/// In an answer everything is there, except what is left out instead of null. In a request only what is <c>[Required]</c> must be there, and null is the same as
/// absent. The attributes of System.ComponentModel.DataAnnotations bind nobody here: the rules of the features check, and the tests hold the two together.
/// </remarks>
[RequiresUnreferencedCode(ApiDocument.Reflection)]
internal sealed class SchemaShape(XmlTexts texts)
{
    public void Apply(OpenApiSchema schema, Type type)
    {
        bool isRequest = SchemaTypes.IsRequest(type);
        schema.Description = texts.Of(type);
        schema.Required = new HashSet<string>(StringComparer.Ordinal);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            if (schema.Properties is null || !schema.Properties.TryGetValue(name, out IOpenApiSchema? written))
            {
                continue;
            }

            bool mayBeAbsent = isRequest ? property.GetCustomAttribute<RequiredAttribute>() is null : IsLeftOutWhenNull(property);
            if (!mayBeAbsent)
            {
                schema.Required.Add(name);
            }

            bool mayBeNull = isRequest ? mayBeAbsent : !mayBeAbsent;
            schema.Properties[name] = Describe(mayBeNull ? written : WithoutNull(written), property);
        }
    }

    /// <summary>Bounds and words of one property, or of one parameter of a query.</summary>
    public IOpenApiSchema Describe(IOpenApiSchema schema, PropertyInfo property)
    {
        schema.Description = texts.Of(property);
        if (schema is not OpenApiSchema own)
        {
            return schema;
        }

        SetType(own, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        foreach (Attribute attribute in property.GetCustomAttributes())
        {
            Bound(own, attribute);
        }

        return own;
    }

    /// <summary>A number is written as a number, a time as text; a field that its feature reads by itself is text or null.</summary>
    private static void SetType(OpenApiSchema schema, Type type)
    {
        JsonSchemaType orNull = schema.Type.GetValueOrDefault() & JsonSchemaType.Null;
        if (type == typeof(long) || type == typeof(int))
        {
            (schema.Type, schema.Pattern, schema.Minimum) = (JsonSchemaType.Integer | orNull, null, "0");
            schema.Format = type == typeof(long) ? "int64" : "int32";
        }
        else if (type == typeof(DateTimeOffset))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String | orNull, "date-time");
        }
        else if (type == typeof(JsonElement))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
    }

    private static void Bound(OpenApiSchema schema, Attribute attribute)
    {
        switch (attribute)
        {
            case AllowedValuesAttribute words:
                bool orNull = schema.Type.GetValueOrDefault().HasFlag(JsonSchemaType.Null);
                schema.Enum = [.. words.Values.Select(word => (JsonNode)(string)word!), .. orNull ? [JsonNullSentinel.JsonNull] : Array.Empty<JsonNode>()];
                break;
            case StringLengthAttribute length:
                (schema.MinLength, schema.MaxLength) = (length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength);
                break;
            case RegularExpressionAttribute expression:
                schema.Pattern = expression.Pattern;
                break;
            case RangeAttribute range:
                schema.Minimum = range.Minimum.ToString();
                schema.Maximum = range.Maximum is double ? null : range.Maximum.ToString(); // A bound of the type is none.
                break;
            default:
                break;
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema { Type: { } type } own && type != JsonSchemaType.Null)
        {
            own.Type = type & ~JsonSchemaType.Null;
        }

        return schema.OneOf?.OfType<OpenApiSchemaReference>().SingleOrDefault() ?? schema;
    }

    private static bool IsLeftOutWhenNull(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition is JsonIgnoreCondition.WhenWritingNull;
}
