using System.Text.Json.Serialization;

namespace ServerlessChat.WebPubSub.Events;

/// <summary>Body of a <c>connect</c> event; the service sends more, which nobody here needs.</summary>
internal sealed record ConnectBody(Dictionary<string, string[]>? Query, Dictionary<string, string[]>? Headers);

/// <summary>Answer to a <c>connect</c> event that lets the client in. Roles are never given: clients send through the event handler alone.</summary>
/// <param name="Groups">That the connection is in from its first moment.</param>
internal sealed record ConnectAnswer(string UserId, IReadOnlyList<string> Groups);

/// <summary>The protocol's shapes, camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConnectBody))]
[JsonSerializable(typeof(ConnectAnswer))]
internal sealed partial class EventJson : JsonSerializerContext;
