using Microsoft.Extensions.Options;

namespace ServerlessChat.Hosting;

/// <summary>What the web client's page may do in a browser, as headers: what is on its own origin, sockets to the configured Web PubSub, and nothing else.</summary>
internal sealed class WebPolicy(IOptions<WebPubSubOptions> webPubSub)
{
    /// <summary>Features of the device that neither the page nor what gets into it may ask for.</summary>
    private const string NoFeatures =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    private readonly Lazy<string> _content = new(() => Compose(webPubSub.Value.ServiceUri()));

    public void ApplyTo(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _content.Value;
        headers["Permissions-Policy"] = NoFeatures;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    /// <remarks>Trusted Types without a policy: no text becomes markup or script, whoever writes the line that tries.</remarks>
    private static string Compose(Uri? webPubSub) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        + $"connect-src 'self'{SocketOrigin(webPubSub)}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Where every negotiated address leads, whatever stands in front of the app. A direct one is of the page's own origin.</summary>
    private static string SocketOrigin(Uri? service) => service is null
        ? ""
        : $" {(string.Equals(service.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? "wss" : "ws")}://{service.IdnHost}{(service.IsDefaultPort ? "" : $":{service.Port}")}";
}
