using Emulator.Hubs;

namespace Emulator.Upstream;

/// <summary>An event handler's answer.</summary>
/// <param name="MediaType">Without parameters; null: not told.</param>
/// <param name="State">The new connection state; null: keep the old one.</param>
/// <param name="Cookies">Names and values that the answer set.</param>
internal sealed record UpstreamAnswer(int Status, string? MediaType, byte[] Body, string? State, IReadOnlyList<KeyValuePair<string, string>> Cookies)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <returns>Null when the answer breaks the protocol.</returns>
    public static async Task<UpstreamAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string[] states = response.Headers.TryGetValues("ce-connectionState", out var values) ? [.. values] : [];
        if (states.Length > 1)
        {
            return null;
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            body,
            states is [var state] ? state : null,
            ReadCookies(response));
    }

    /// <summary>The answer to a user event as a message to its sender.</summary>
    /// <returns>False when the content type is none that the service takes.</returns>
    public bool TryGetReply(out Payload? reply)
    {
        reply = null;
        if (Body.Length == 0)
        {
            return true;
        }

        PayloadKind? kind = MediaType?.ToLowerInvariant() switch
        {
            null or "text/plain" => PayloadKind.Text,
            "application/json" => PayloadKind.Json,
            "application/octet-stream" => PayloadKind.Binary,
            _ => null,
        };
        reply = kind is { } known ? new(known, Body) : null;
        return reply is { } payload && payload.IsWellFormed;
    }

    private static List<KeyValuePair<string, string>> ReadCookies(HttpResponseMessage response)
    {
        var result = new List<KeyValuePair<string, string>>();
        foreach (var header in response.Headers.TryGetValues("Set-Cookie", out var headers) ? headers : [])
        {
            var pair = header.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair is [{ Length: > 0 } name, var value])
            {
                result.Add(new(name, value));
            }
        }

        return result;
    }
}
