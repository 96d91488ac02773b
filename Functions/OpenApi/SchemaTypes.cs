using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>Which shape of the wire stands behind which schema of the document.</summary>
internal sealed class SchemaTypes
{
    private static readonly string[] Endings = ["Response", "Body"];
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>By the schema's name.</summary>
    public IReadOnlyDictionary<string, Type> All => _types;

    /// <summary>Without its ending: <c>Group</c>, <c>GroupPage</c>, <c>LoginRequest</c>.</summary>
    public static string NameOf(Type type) =>
        Endings.FirstOrDefault(ending => type.Name.EndsWith(ending, StringComparison.Ordinal)) is { } ending ? type.Name[..^ending.Length] : type.Name;

    public static bool IsRequest(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal);

    /// <summary>A record of <see cref="ChatJson"/> has a schema of its own. Null: written where it is used.</summary>
    /// <exception cref="InvalidOperationException">Two records of one name.</exception>
    public string? NameOf(JsonTypeInfo info)
    {
        if (info.Kind is not JsonTypeInfoKind.Object || info.Type.Assembly != typeof(ChatJson).Assembly)
        {
            return null;
        }

        string name = NameOf(info.Type);
        return _types.TryAdd(name, info.Type) || _types[name] == info.Type
            ? name
            : throw new InvalidOperationException($"{info.Type} and {_types[name]} would both be the schema '{name}'.");
    }

    /// <summary>A reference to the schema of a shape, which is added to the document where it is not there yet.</summary>
    public async Task<OpenApiSchemaReference> ReferenceAsync(Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        string name = NameOf(ChatJson.Default.GetTypeInfo(type)!)!;
        if (context.Document!.Components?.Schemas?.ContainsKey(name) is not true)
        {
            context.Document.AddComponent(name, await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken));
        }

        return new OpenApiSchemaReference(name, context.Document);
    }
}
