using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Emulator.Clients;

/// <summary>The opening handshake of RFC 6455, section 4.2.</summary>
internal static class WebSocketUpgrade
{
    // A constant of the RFC.
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyLength = 24;

    public static bool IsRequested(HttpContext context)
    {
        var headers = context.Request.Headers;
        return context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && HttpMethods.IsGet(context.Request.Method)
            && headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            && headers.SecWebSocketVersion == "13"
            && headers.SecWebSocketKey.ToString().Length == KeyLength;
    }

    /// <summary>The offered subprotocols, in order.</summary>
    public static string[] OfferedSubprotocols(HttpRequest request) =>
    [
        .. request.Headers.SecWebSocketProtocol
            .SelectMany(static line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    /// <param name="subprotocol">One of the offered, or null.</param>
    /// <returns>The raw connection.</returns>
    public static Task<Stream> AcceptAsync(HttpContext context, string? subprotocol)
    {
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptValue(context.Request.Headers.SecWebSocketKey.ToString());
        if (subprotocol is not null)
        {
            headers.SecWebSocketProtocol = new StringValues(subprotocol);
        }

        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

#pragma warning disable CA5350 // The RFC prescribes SHA-1 here; nothing is protected by it.
    private static string AcceptValue(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
}
