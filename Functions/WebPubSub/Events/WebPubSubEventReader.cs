using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace ServerlessChat.WebPubSub.Events;

/// <summary>From an authentic HTTP request to a typed event: headers and body are read here and nowhere else.</summary>
internal static class WebPubSubEventReader
{
    private const string System = "azure.webpubsub.sys.";
    private const string User = "azure.webpubsub.user.";

    /// <summary>Bytes of a <c>connect</c> event, which holds the client's headers and query.</summary>
    private const int MaxConnectSize = 256 * 1024;

    /// <param name="maxDataSize">Bytes of a user event's payload that are kept.</param>
    /// <returns>Null: no event of Web PubSub, or one that this version doesn't know.</returns>
    public static async ValueTask<WebPubSubEventRequest?> ReadAsync(HttpRequest request, int maxDataSize, CancellationToken cancellationToken)
    {
        string? type = request.Headers["ce-type"];
        if (type is null || ReadContext(request.Headers) is not { } context)
        {
            return null;
        }

        return type switch
        {
            System + "connect" => await ReadConnectAsync(request, context, cancellationToken),
            System + "connected" => new ConnectedEventRequest(context),
            System + "disconnected" => new DisconnectedEventRequest(context),
            _ when type.StartsWith(User, StringComparison.Ordinal) => await ReadUserEventAsync(request, context, maxDataSize, cancellationToken),
            _ => null,
        };
    }

    private static WebPubSubConnectionContext? ReadContext(IHeaderDictionary headers) =>
        (headers["ce-hub"], headers["ce-connectionId"], headers["ce-eventName"]) is ([{ } hub], [{ } connectionId], [{ } eventName])
            ? new WebPubSubConnectionContext(
                hub.ToLowerInvariant(), connectionId, eventName, NotEmpty(headers["ce-userId"]), NotEmpty(headers["ce-connectionState"]))
            : null;

    private static async Task<ConnectEventRequest?> ReadConnectAsync(HttpRequest request, WebPubSubConnectionContext context, CancellationToken cancellationToken)
    {
        if (await ReadBodyAsync(request, MaxConnectSize, cancellationToken) is not { } body)
        {
            return null;
        }

        try
        {
            ConnectBody? connect = JsonSerializer.Deserialize(body.Span, EventJson.Default.ConnectBody);
            return connect is null ? null : new ConnectEventRequest(context, Map(connect.Query), Map(connect.Headers));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<UserEventRequest> ReadUserEventAsync(
        HttpRequest request, WebPubSubConnectionContext context, int maxDataSize, CancellationToken cancellationToken)
    {
        WebPubSubDataType dataType = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? DataTypeOf(type.MediaType.Value) : WebPubSubDataType.Binary;
        ReadOnlyMemory<byte>? data = await ReadBodyAsync(request, maxDataSize, cancellationToken);
        return new UserEventRequest(context, dataType, data ?? ReadOnlyMemory<byte>.Empty, IsTooLarge: data is null);
    }

    private static WebPubSubDataType DataTypeOf(string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        "text/plain" => WebPubSubDataType.Text,
        "application/json" => WebPubSubDataType.Json,
        _ => WebPubSubDataType.Binary,
    };

    /// <returns>Null: larger. The rest is read and dropped, so that the connection can be used again.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, limit));
        byte[] buffer = new byte[16 * 1024];
        bool fits = true;
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and int count)
        {
            fits = fits && kept.Length + count <= limit;
            if (fits)
            {
                kept.Write(buffer, 0, count);
            }
        }

        // Spelled out: a bare null would become an empty memory.
        return fits ? new ReadOnlyMemory<byte>(kept.GetBuffer(), 0, (int)kept.Length) : default(ReadOnlyMemory<byte>?);
    }

    private static Dictionary<string, IReadOnlyList<string>> Map(Dictionary<string, string[]>? values) => new(
        (values ?? []).Select(pair => KeyValuePair.Create(pair.Key, (IReadOnlyList<string>)pair.Value)).DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
