using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Dashboard;

/// <summary>Address 2 of the API document.</summary>
public static class DashboardEndpoints
{
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.TryAddSingleton<InboxStore>();
        services.TryAddSingleton<DashboardReader>();
        return services;
    }

    /// <summary>A browser that opens the address is sent to the web client, signed in or not; everyone else signs in.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app) =>
        app.MapGet("/chat/", ReadAsync).WithTags("dashboard")
            .Describe("dashboard", "The caller's groups and private chats, and the first public groups", Errors.NotSignedIn)
            .WithDescription("A browser, which asks for `text/html`, is sent to the web client.")
            .Answers(StatusCodes.Status302Found);

    private static async Task<Results<Ok<DashboardResponse>, RedirectHttpResult, ApiProblem>> ReadAsync(
        HttpContext context, DashboardReader dashboard, CancellationToken cancellationToken)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (PrefersHtml(context.Request))
        {
            return TypedResults.Redirect("/");
        }

        if (context.Features.Get<Caller>() is not { } caller)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        Outcome<DashboardResponse> read = await dashboard.ReadAsync(caller, cancellationToken);
        return read.Problem is null ? TypedResults.Ok(read.Value) : read.Problem;
    }

    /// <summary>Whether <c>text/html</c> is asked for by name and not after JSON.</summary>
    private static bool PrefersHtml(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        double html = QualityOf(accepted, "text/html");
        return html > 0 && html > QualityOf(accepted, "application/json");
    }

    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, string mediaType) => accepted
        .Where(value => value.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        .Select(value => value.Quality ?? 1)
        .DefaultIfEmpty(0)
        .Max();
}
