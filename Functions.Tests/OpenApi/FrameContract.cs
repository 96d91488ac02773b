using System.Text.Json;
using Json.Schema;
using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary><c>docs/asyncapi.yaml</c>, asked whether a frame is one of those that its channel sends.</summary>
internal sealed class FrameContract
{
    public const string FilePath = "docs/asyncapi.yaml";

    private static readonly Lazy<Task<FrameContract>> Built = new(async () => new FrameContract(await InfraFiles.YamlAsync(FilePath)));

    private readonly Dictionary<string, JsonSchema> _sent = new(StringComparer.Ordinal);

    public FrameContract(JsonElement document)
    {
        Document = document;
        Schemas = new Schemas(document.At("components", "schemas"), "#/components/schemas/");
        foreach (JsonProperty channel in document.GetProperty("channels").EnumerateObject())
        {
            string any = string.Join(',', MessagesOf(channel.Name, "send").Select(message => message.GetProperty("payload").GetRawText()));
            _sent[channel.Value.GetProperty("x-hub").GetString()!] = Schemas.Of(JsonElement.Parse($$"""{"anyOf":[{{any}}]}"""));
        }
    }

    /// <summary>Read once.</summary>
    public static Task<FrameContract> Current => Built.Value;

    public JsonElement Document { get; }

    public Schemas Schemas { get; }

    /// <summary>Which hub a socket is opened at; null when at something else than Web PubSub.</summary>
    public static string? HubOf(Uri address) => address.AbsolutePath.Split('/') is ["", "client", "hubs", var hub] ? hub : null;

    /// <summary>The messages of a channel.</summary>
    /// <param name="channel">By its name in the document.</param>
    /// <param name="action">What the app does: <c>send</c> or <c>receive</c>.</param>
    public IEnumerable<JsonElement> MessagesOf(string channel, string action) => Document.GetProperty("operations").EnumerateObject().Select(operation => operation.Value)
        .Where(operation => operation.GetProperty("action").ValueEquals(action) && operation.At("channel", "$ref").ValueEquals($"#/channels/{channel}"))
        .SelectMany(operation => operation.GetProperty("messages").EnumerateArray())
        .Select(message => Resolve(Resolve(message)));

    /// <summary>What is wrong with a frame, in words; null when its channel declares it.</summary>
    /// <param name="hub">One that the document does not know sends what it likes.</param>
    /// <param name="isWrapped">By a subprotocol of Web PubSub; what the service says of itself is not the app's.</param>
    public string? Explain(string hub, string frame, bool isWrapped)
    {
        if (!_sent.TryGetValue(hub, out JsonSchema? schema))
        {
            return null;
        }

        JsonElement value = JsonElement.Parse(frame);
        if (isWrapped)
        {
            if (!value.GetProperty("type").ValueEquals("message"))
            {
                return null;
            }

            value = value.GetProperty("data");
        }

        return Schemas.Explain(schema, value) is { } wrong ? $"{FilePath} does not know that {hub} sends {value}: {wrong}" : null;
    }

    /// <param name="hub">Null: of no hub.</param>
    /// <exception cref="UndeclaredFrameException">The channel does not declare the frame.</exception>
    public static async Task DemandAsync(string? hub, string frame, bool isWrapped)
    {
        if (hub is not null && (await Current).Explain(hub, frame, isWrapped) is { } wrong)
        {
            throw new UndeclaredFrameException(wrong);
        }
    }

    /// <summary>What a local reference leads to; the element itself when it is none.</summary>
    public JsonElement Resolve(JsonElement element) => element.TryGetProperty("$ref", out JsonElement reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(Document, (at, name) => at.GetProperty(name))
        : element;
}

/// <summary>A frame came that its channel's description does not know.</summary>
public sealed class UndeclaredFrameException(string message) : Exception(message);
