using Emulator.Hubs;
using Microsoft.Net.Http.Headers;

namespace Emulator.Rest;

/// <summary>Reads the bodies of REST calls.</summary>
internal static class RestBody
{
    private const string MetadataPrefix = "X-WebPubSub-Metadata-";

    /// <summary>The message of a send, by its content type.</summary>
    public static async Task<OutboundMessage> ReadMessageAsync(RestCall call, WebPubSubEmulatorOptions options, string? group = null)
    {
        var ttl = call.TtlSeconds;
        var kind = KindOf(call.Context.Request.ContentType);
        var payload = new Payload(kind, await ReadAsync(call, options));
        if (!payload.IsWellFormed)
        {
            throw RestError.Request(kind == PayloadKind.Json ? "The request body is not a valid JSON." : "The request body is not valid UTF-8.");
        }

        return new(payload) { Group = group, Metadata = Metadata(call.Context.Request), ExpiresAt = Expiry.After(ttl, options.TimeProvider) };
    }

    public static async Task<byte[]> ReadAsync(RestCall call, WebPubSubEmulatorOptions options)
    {
        var request = call.Context.Request;
        if (request.ContentLength is not { } length || length > options.MaxMessageBytes)
        {
            throw RestError.Request("Invalid Content-Length header.");
        }

        var body = new byte[length];
        await request.Body.ReadExactlyAsync(body, call.Context.RequestAborted);
        call.Body = body;
        return body;
    }

    private static PayloadKind KindOf(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return PayloadKind.Binary;
        }

        var mediaType = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.Value : null;
        return mediaType?.ToLowerInvariant() switch
        {
            "text/plain" => PayloadKind.Text,
            "application/json" => PayloadKind.Json,
            "application/octet-stream" => PayloadKind.Binary,
            _ => throw RestError.Request($"The content type '{contentType}' is not supported.", StatusCodes.Status415UnsupportedMediaType),
        };
    }

    private static Dictionary<string, string>? Metadata(HttpRequest request)
    {
        Dictionary<string, string>? metadata = null;
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase) && name.Length > MetadataPrefix.Length)
            {
                metadata ??= new(StringComparer.Ordinal);
                metadata[name[MetadataPrefix.Length..].ToLowerInvariant()] = values[^1] ?? "";
            }
        }

        return metadata;
    }
}
