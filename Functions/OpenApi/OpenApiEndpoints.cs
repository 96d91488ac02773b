using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary><c>/openapi.json</c>: the document that the build left beside the app.</summary>
public static class OpenApiEndpoints
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.TryAddSingleton(new ApiDocumentFile(Path.Combine(AppContext.BaseDirectory, ApiDocumentFile.Name)));
        return services;
    }

    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapGet("/openapi.json", ServeAsync).WithTags("service")
        .Describe("openapi", "This document", Errors.NotFound)
        .Answers(StatusCodes.Status200OK, typeof(object))
        .Answers(StatusCodes.Status304NotModified);

    private static Task ServeAsync(HttpContext context, ApiDocumentFile document) =>
        document.Find() is { } file ? file.WriteAsync(context) : ApiProblem.Of(Errors.NotFound).ExecuteAsync(context);
}
