using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>The schemas of a document, which bodies and frames are checked against.</summary>
internal sealed class Schemas
{
    private const string Base = "https://chat.test/schemas";

    // Details are asked for only where something is wrong: they take several times as long.
    private static readonly EvaluationOptions Fast = Options(OutputFormat.Flag);
    private static readonly EvaluationOptions Explaining = Options(OutputFormat.List);

    private readonly BuildOptions _options = new() { SchemaRegistry = new SchemaRegistry(), Dialect = Dialect.Draft202012 };
    private readonly string _prefix;

    /// <param name="schemas">By name.</param>
    /// <param name="prefix">What a reference to one of them begins with: <c>#/components/schemas/</c>.</param>
    /// <param name="isStrict">What is not declared is a mistake; clients are told otherwise.</param>
    public Schemas(JsonElement schemas, string prefix, bool isStrict = true)
    {
        _prefix = prefix;
        JsonNode strict = JsonNode.Parse(schemas.GetRawText())!;
        if (isStrict)
        {
            Close(strict);
        }

        string text = $$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"{{Base}}","$defs":{{Refer(strict.ToJsonString(), "#/$defs/")}}}""";
        _ = JsonSchema.FromText(text, _options, null, null);
    }

    /// <summary>A schema that may refer to those of the document.</summary>
    public JsonSchema Of(JsonElement schema) => JsonSchema.FromText(Refer(schema.GetRawText(), $"{Base}#/$defs/"), _options, null, null);

    /// <summary>What is wrong with a value, in words; null when nothing is.</summary>
    public static string? Explain(JsonSchema schema, JsonElement value)
    {
        if (schema.Evaluate(value, Fast).IsValid)
        {
            return null;
        }

        IEnumerable<string> wrong = (schema.Evaluate(value, Explaining).Details ?? [])
            .SelectMany(detail => detail.Errors ?? [], (detail, error) => $"{detail.InstanceLocation} {error.Key}: {error.Value}".Replace(" : All values fail against the false schema", " is not declared", StringComparison.Ordinal));
        return string.Join("; ", wrong.Distinct(StringComparer.Ordinal));
    }

    private string Refer(string json, string target) => json.Replace($"\"{_prefix}", $"\"{target}", StringComparison.Ordinal);

    /// <summary>An object has the properties that it lists, and no others.</summary>
    private static void Close(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties") && schema["type"]?.GetValueKind() is JsonValueKind.String)
            {
                schema["additionalProperties"] = false;
            }

            foreach ((string _, JsonNode? child) in schema)
            {
                Close(child);
            }
        }

        foreach (JsonNode? child in node as JsonArray ?? [])
        {
            Close(child);
        }
    }

    private static EvaluationOptions Options(OutputFormat format)
    {
        var options = new EvaluationOptions { OutputFormat = format, RequireFormatValidation = true };
        options.IgnoreAllAnnotations();
        return options;
    }
}
