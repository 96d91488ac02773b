using System.Text.Json;
using System.Text.Json.Serialization;

namespace Emulator.Upstream;

/// <summary>A <c>connect</c> handler's answer. Null members keep what the token says; groups and roles come on top of the token's.</summary>
/// <param name="Subprotocol">One that the client offered.</param>
internal sealed record ConnectReply(
    [property: JsonPropertyName("userId")] string? UserId = null,
    [property: JsonPropertyName("groups")] IReadOnlyList<string>? Groups = null,
    [property: JsonPropertyName("roles")] IReadOnlyList<string>? Roles = null,
    [property: JsonPropertyName("subprotocol")] string? Subprotocol = null)
{
    /// <returns>Null when the body is no JSON of this shape.</returns>
    public static ConnectReply? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? new() : JsonSerializer.Deserialize(body, UpstreamJson.Default.ConnectReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The JSON shapes that event handlers answer with.</summary>
[JsonSerializable(typeof(ConnectReply))]
internal sealed partial class UpstreamJson : JsonSerializerContext;
