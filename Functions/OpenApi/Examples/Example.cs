using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>A body as it looks on the wire.</summary>
/// <param name="Type">A record of <see cref="ChatJson"/>.</param>
/// <param name="English">Or in no language at all, when it is the only one.</param>
/// <param name="Persian">Null when there is nothing in the body that somebody wrote.</param>
internal sealed record Example(Type Type, JsonNode English, JsonNode? Persian)
{
    public static Example Of<T>(T english, T? persian = null)
        where T : class => new(typeof(T), Write(english), persian is null ? null : Write(persian));

    /// <summary>Of a request that tells absent from null.</summary>
    public static Example OfText<T>(string english, string persian)
        where T : class => new(typeof(T), JsonNode.Parse(english)!, JsonNode.Parse(persian));

    /// <summary>Each with its name among the components.</summary>
    public IEnumerable<(string Name, string Summary, JsonNode Value)> Values()
    {
        string name = SchemaTypes.NameOf(Type);
        yield return ($"{name}.english", Persian is null ? "An example" : "In English", English);
        if (Persian is not null)
        {
            yield return ($"{name}.persian", "In Persian", Persian);
        }
    }

    private static JsonNode Write<T>(T value)
    {
        JsonNode node = JsonSerializer.SerializeToNode(value, ChatJson.Readable.GetTypeInfo(typeof(T))!)!;
        if (SchemaTypes.IsRequest(typeof(T)))
        {
            // Nobody who leaves a field out sends null.
            foreach ((string name, JsonNode? _) in node.AsObject().Where(field => field.Value is null).ToArray())
            {
                node.AsObject().Remove(name);
            }
        }

        return node;
    }
}
