using System.Net.Http.Headers;
using Emulator.Tokens;

namespace Emulator.Upstream;

/// <summary>Turns an event into the HTTP request of the CloudEvents binary mode.</summary>
internal sealed class EventRequest(AccessKeys keys, EmulatorAddress address, TimeProvider timeProvider)
{
    private const string ManagedIdentity = "ManagedIdentity";

    private static readonly TimeSpan IdentityTokenLifetime = TimeSpan.FromHours(1);

    public HttpRequestMessage Create(EventHandlerOptions handler, EventMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, EventHandlers.UrlFor(handler, message.Hub, message.Name))
        {
            Content = new ReadOnlyMemoryContent(message.Body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        foreach (var (name, value) in Headers(message))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (handler.Auth is { ManagedIdentity.Resource: var resource } auth && auth.Type.Equals(ManagedIdentity, StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Authorization = new("Bearer", CreateIdentityToken(resource));
        }

        return request;
    }

    private IEnumerable<(string Name, string Value)> Headers(EventMessage message)
    {
        yield return ("WebHook-Request-Origin", address.Host);
        yield return ("ce-awpsversion", "1.0");
        yield return ("ce-specversion", "1.0");
        yield return ("ce-type", message.TypePrefix + message.Name);
        yield return ("ce-source", $"/hubs/{message.Hub}/client/{message.ConnectionId}");
        yield return ("ce-id", message.Id.ToString());
        yield return ("ce-time", timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        yield return ("ce-signature", keys.SignConnection(message.ConnectionId));
        yield return ("ce-connectionId", message.ConnectionId);
        yield return ("ce-hub", message.Hub);
        yield return ("ce-eventName", message.Name);
        foreach (var optional in OptionalHeaders(message))
        {
            yield return optional;
        }
    }

    private static IEnumerable<(string Name, string Value)> OptionalHeaders(EventMessage message)
    {
        if (message.UserId is not null)
        {
            yield return ("ce-userId", HeaderValue(message.UserId));
        }

        if (message.Subprotocol is not null)
        {
            yield return ("ce-subprotocol", message.Subprotocol);
        }

        if (message.State is not null)
        {
            yield return ("ce-connectionState", message.State);
        }

        if (message.Cookies is { Count: > 0 } cookies)
        {
            yield return ("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        foreach (var (key, value) in message.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            yield return ("X-WebPubSub-Metadata-" + key, value);
        }
    }

    // A line break in a user id would begin another header.
    private static string HeaderValue(string value) => value.Any(char.IsControl) ? Uri.EscapeDataString(value) : value;

    private string CreateIdentityToken(string resource) => keys.Sign(
        resource,
        IdentityTokenLifetime,
        new Dictionary<string, object>(StringComparer.Ordinal) { ["iss"] = address.Endpoint });
}
