namespace ServerlessChat.Hosting;

/// <summary>The app's front page. The Functions host asks for it to learn that the app is up: it touches neither storage nor the session.</summary>
internal static class Web
{
    public static void MapWeb(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", () => TypedResults.Ok(new FrontPage("ServerlessChat", "/health/"))).WithWebFunction();
}

/// <param name="Health">Where to ask whether everything that the app needs answers.</param>
public sealed record FrontPage(string Name, string Health);
