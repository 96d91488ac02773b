namespace ServerlessChat.WebPubSub.Events;

/// <summary>Whose event it is. The service vouches for all of it once the request is authentic.</summary>
/// <param name="Hub">In lower case: hub names ignore case.</param>
/// <param name="EventName">Without its prefix, as the client or the service wrote it.</param>
/// <param name="UserId">Null: anonymous, or for <c>connect</c> not known yet.</param>
/// <param name="State">What an earlier answer of ours set (<c>ce-connectionState</c>); null: nothing.</param>
public sealed record WebPubSubConnectionContext(string Hub, string ConnectionId, string EventName, string? UserId, string? State);

/// <summary>A call of Web PubSub (CloudEvents 1.0 over HTTP, binary mode). The names are those of Microsoft.Azure.WebPubSub.Common.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-web-pubsub/reference-cloud-events">CloudEvents of Web PubSub</seealso>
public abstract record WebPubSubEventRequest(WebPubSubConnectionContext ConnectionContext);

/// <summary>A client asks to come in; it waits for the answer.</summary>
/// <param name="Query">Of the client's address; a name may come more than once.</param>
/// <param name="Headers">Of the client's handshake, by name in any case.</param>
public sealed record ConnectEventRequest(
    WebPubSubConnectionContext ConnectionContext,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Query,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Headers)
    : WebPubSubEventRequest(ConnectionContext)
{
    /// <summary>The one value of a query parameter; null when it is absent or comes more than once.</summary>
    public string? QueryValue(string name) => Query.GetValueOrDefault(name) is [var only] ? only : null;

    /// <summary>The first value of a header; null when it is absent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name) is [var first, ..] ? first : null;
}

/// <summary>A client has come in. Told once, without waiting, perhaps after its first messages, and perhaps never.</summary>
public sealed record ConnectedEventRequest(WebPubSubConnectionContext ConnectionContext) : WebPubSubEventRequest(ConnectionContext);

/// <summary>A client has gone. Told once, perhaps late, perhaps never.</summary>
public sealed record DisconnectedEventRequest(WebPubSubConnectionContext ConnectionContext) : WebPubSubEventRequest(ConnectionContext);

/// <summary>What a client sent; its next message waits for the answer.</summary>
/// <param name="Data">The payload; empty when it is over the limit (<paramref name="IsTooLarge"/>).</param>
public sealed record UserEventRequest(
    WebPubSubConnectionContext ConnectionContext, WebPubSubDataType DataType, ReadOnlyMemory<byte> Data, bool IsTooLarge)
    : WebPubSubEventRequest(ConnectionContext);

/// <summary>How a client marked its payload.</summary>
public enum WebPubSubDataType
{
    Text,
    Json,
    Binary,
}
