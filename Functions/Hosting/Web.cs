using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Hosting;

/// <summary>The web client, at <c>/</c>.</summary>
/// <remarks>The Functions host asks for the front page to learn that the app is up: it touches neither storage nor the session, and answers without a build of the client too.</remarks>
internal static class Web
{
    /// <summary>One page whose routes are behind <c>#</c>: there is nothing else to map.</summary>
    private static readonly string[] Routes = ["/", "/favicon.svg", "/assets/{file}"];

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        services.TryAddSingleton<WebPolicy>();
        return services;
    }

    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        foreach (string route in Routes)
        {
            routes.MapGet(route, Serve).WithWebFunction();
        }
    }

    private static IResult Serve(HttpContext context, WebFiles files, WebPolicy policy)
    {
        string path = context.Request.Path.Value is { Length: > 1 } asked ? asked[1..] : WebFiles.Page;
        if (files.Find(path) is { } file)
        {
            return file.ToResult(context, file.IsPage ? policy : null);
        }

        return path is WebFiles.Page ? TypedResults.Ok(new FrontPage("ServerlessChat", "/health/")) : ApiProblem.Of(Errors.NotFound);
    }
}

/// <summary>The front page of an app that was built without the web client.</summary>
/// <param name="Health">Where to ask whether everything that the app needs answers.</param>
public sealed record FrontPage(string Name, string Health);

/// <summary>What the page may do: its own scripts, styles, fonts and pictures, its own origin, and the sockets of the configured Web PubSub.</summary>
internal sealed class WebPolicy(IOptions<WebPubSubOptions> options)
{
    private readonly Lazy<string> _content = new(() => Compose(options.Value.ServiceUri()));

    /// <summary>For <c>Permissions-Policy</c>: nothing of the device is asked for.</summary>
    public const string Permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    /// <summary>For <c>Content-Security-Policy</c>.</summary>
    public string Content => _content.Value;

    private static string Compose(Uri? webPubSub) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        + $"connect-src 'self'{Sockets(webPubSub)}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>A negotiated address is one of the service's, whatever stands in front of the app.</summary>
    private static string Sockets(Uri? webPubSub) => webPubSub is null
        ? ""
        : $" {(string.Equals(webPubSub.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? "wss" : "ws")}://{webPubSub.Authority}";
}
