using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessChat.Hosting;

/// <summary>The web client, at <c>/</c>: the files that its build left in the folder <c>wwwroot</c> beside the app.</summary>
/// <remarks>
/// The client's own addresses stand behind <c>#</c>, so <c>/</c> is its only page. The Functions host asks for <c>/</c> to learn that the app is
/// up: it touches neither storage nor the session, and answers 200 without a build of the client too.
/// </remarks>
internal static class Web
{
    /// <summary>Every one becomes a function, so they are listed here and not found in the folder. A new file at the top level needs its line.</summary>
    private static readonly string[] Files = ["/assets/{file}", "/favicon.svg"];

    private const string WithoutClient = """
        ServerlessChat is up, and was built without its web client. To have it here: npm ci --prefix Web; npm run bundle --prefix Web; and build the app again.
        Whether everything that the app needs answers: /health/

        """;

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        services.TryAddSingleton<WebPolicy>();
        return services;
    }

    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        var files = routes.ServiceProvider.GetRequiredService<WebFiles>();
        var policy = routes.ServiceProvider.GetRequiredService<WebPolicy>();
        routes.MapGet("/", context => ServePageAsync(context, files, policy)).WithWebFunction();
        foreach (string route in Files)
        {
            routes.MapGet(route, context => ServeFileAsync(context, files));
        }
    }

    private static Task ServePageAsync(HttpContext context, WebFiles files, WebPolicy policy)
    {
        if (files.Find(WebFiles.Page) is not { } page)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(WithoutClient, context.RequestAborted);
        }

        policy.ApplyTo(context.Response.Headers);
        return page.WriteAsync(context);
    }

    /// <summary>Looked up as it was asked for, so a file has one address: case matters, and a slash at the end is another name.</summary>
    private static Task ServeFileAsync(HttpContext context, WebFiles files) =>
        files.Find(context.Request.Path.Value ?? "") is { } file ? file.WriteAsync(context) : ApiProblem.Of(Errors.NotFound).ExecuteAsync(context);
}
