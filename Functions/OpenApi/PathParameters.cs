using Microsoft.OpenApi;
using ServerlessChat.Messages;
using ServerlessChat.Names;

namespace ServerlessChat.OpenApi;

/// <summary>The parts of addresses that vary. Each is described once, here.</summary>
internal static class PathParameters
{
    private static readonly Dictionary<string, (string Description, OpenApiSchema Schema, string English, string Persian)> Known = new(StringComparer.Ordinal)
    {
        ["slug"] = ("The group's slug, percent-encoded. Letter case and the ways to type a Persian letter make no difference.", Name(), "book-club", "باشگاه-کتاب"),
        ["username"] = ("The person's username, percent-encoded. Letter case and the ways to type a Persian letter make no difference.", Name(), "sara", "سارا"),
        ["id"] = ("The message's id.", new() { Type = JsonSchemaType.String, Pattern = "^[0-9]{1,19}$" }, "1", "42"),
        ["emoji"] = ("One emoji, percent-encoded. U+FE0F makes no difference.", new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Emoji.MaxLength }, "👍", "🌹"),
    };

    /// <summary>Refers an operation's parameters to the table.</summary>
    /// <exception cref="InvalidOperationException">A parameter that has no line in the table.</exception>
    public static IEnumerable<IOpenApiParameter> Of(OpenApiOperation operation, OpenApiDocument document)
    {
        foreach (string name in (operation.Parameters ?? []).Where(parameter => parameter.In is ParameterLocation.Path).Select(parameter => parameter.Name!))
        {
            if (!Known.TryGetValue(name, out var known))
            {
                throw new InvalidOperationException($"The path parameter '{name}' has no line in {nameof(PathParameters)}.");
            }

            if (document.Components?.Parameters?.ContainsKey(name) is not true)
            {
                document.AddComponent(name, Parameter(name, known.Description, known.Schema, known.English, known.Persian));
            }

            yield return new OpenApiParameterReference(name, document);
        }
    }

    private static OpenApiParameter Parameter(string name, string description, OpenApiSchema schema, string english, string persian) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = schema,
        Examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
        {
            ["english"] = new OpenApiExample { Value = english },
            ["persian"] = new OpenApiExample { Value = persian },
        },
    };

    private static OpenApiSchema Name() => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = NameText.MaxLength };
}
