using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ServerlessChat.Local.Gateway;

/// <summary>A request as the next server gets it: the same bytes for path and query, the same headers but those of the connection, and where it came from.</summary>
internal static class ForwardedRequest
{
    private const string Forwarded = "X-Forwarded-";

    /// <summary>They belong to one connection and not to the request (RFC 9110, 7.6.1), or are written anew.</summary>
    private static readonly FrozenSet<string> OfConnection = new[]
    {
        "Connection", "Host", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsOfConnection(string header) => OfConnection.Contains(header);

    /// <summary>The target as it came, from its first slash.</summary>
    public static string RawTarget(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>Whether the target is a path: the other forms (an absolute address, an authority, an asterisk; RFC 9112, 3.2) would become part of the next server's address.</summary>
    public static bool IsPath(HttpRequest request) => RawTarget(request).StartsWith('/');

    /// <param name="server">Scheme, host and port of the next server.</param>
    /// <param name="target">Path and query, escaped; sent as it is.</param>
    /// <param name="rename">The name that a header is sent under; null leaves it out.</param>
    public static HttpRequestMessage Of(HttpRequest request, Uri server, string target, Func<string, string?> rename)
    {
        var exact = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(server.GetLeftPart(UriPartial.Authority) + target, exact))
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (HasBody(request))
        {
            message.Content = new StreamContent(request.Body);
        }

        foreach ((string name, StringValues values) in request.Headers)
        {
            if (!IsOfConnection(name) && !name.StartsWith(Forwarded, StringComparison.OrdinalIgnoreCase) && rename(name) is { } sent
                && !message.Headers.TryAddWithoutValidation(sent, (IEnumerable<string?>)values))
            {
                message.Content?.Headers.TryAddWithoutValidation(sent, (IEnumerable<string?>)values);
            }
        }

        // As the Functions host does: what a client wrote there is not believed.
        message.Headers.TryAddWithoutValidation(Forwarded + "For", request.HttpContext.Connection.RemoteIpAddress?.ToString());
        message.Headers.TryAddWithoutValidation(Forwarded + "Proto", request.Scheme);
        message.Headers.TryAddWithoutValidation(Forwarded + "Host", request.Host.Value);
        return message;
    }

    private static bool HasBody(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
}
