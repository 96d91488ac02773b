using Microsoft.OpenApi;

namespace ServerlessChat.OpenApi;

/// <summary>The examples of the document. They are values of the records themselves, so they can't have another shape than the API's.</summary>
internal static class Examples
{
    public static IReadOnlyList<Example> All { get; } = [.. AccountExamples.All, .. GroupExamples.All, .. MessageExamples.All, .. ServiceExamples.All];

    /// <summary>Refers a body to the examples of its schema.</summary>
    public static void AddTo(OpenApiMediaType body, OpenApiDocument document)
    {
        string? schema = (body.Schema as OpenApiSchemaReference)?.Reference.Id;
        if (All.SingleOrDefault(example => string.Equals(SchemaTypes.NameOf(example.Type), schema, StringComparison.Ordinal)) is { } found)
        {
            body.Examples = found.Values().ToDictionary(
                value => value.Name.Split('.')[^1], value => (IOpenApiExample)new OpenApiExampleReference(value.Name, document), StringComparer.Ordinal);
        }
    }

    /// <inheritdoc cref="AddTo(OpenApiMediaType, OpenApiDocument)"/>
    public static void AddTo(IDictionary<string, OpenApiMediaType>? content, OpenApiDocument document)
    {
        foreach (OpenApiMediaType body in content?.Values ?? [])
        {
            AddTo(body, document);
        }
    }

    public static void AddComponents(OpenApiDocument document)
    {
        foreach ((string name, string summary, System.Text.Json.Nodes.JsonNode value) in All.SelectMany(example => example.Values()))
        {
            document.AddComponent(name, new OpenApiExample { Summary = summary, Value = value });
        }
    }
}
