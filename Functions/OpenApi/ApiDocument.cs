using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>The API's document, made from the mapped endpoints.</summary>
/// <remarks>
/// Made when the app is built, and served as a file (<see cref="OpenApiEndpoints"/>): to make it takes half a second and 30 MB, which no start of a serverless
/// instance should pay. The libraries that make it are not in the package.
/// </remarks>
[RequiresUnreferencedCode(Reflection)]
internal static class ApiDocument
{
    /// <summary>Why nothing of this is in a trimmed program.</summary>
    public const string Reflection = "Reads records by reflection, at build.";

    private const string Name = "v1";

    /// <returns>JSON, indented, with a line feed at its end.</returns>
    public static async Task<string> GenerateAsync(CancellationToken cancellationToken)
    {
        IEndpointRouteBuilder? routes = null;
        await using WebApplication app = Program.Build([], builder =>
        {
            // Not started, so nobody else joins the endpoints to the services.
            builder.Services.AddSingleton<EndpointDataSource>(_ => new CompositeEndpointDataSource(routes!.DataSources));
            builder.Services.AddOpenApi(Name, Configure);
        });
        routes = app;
        OpenApiDocument document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancellationToken);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken) + "\n";
    }

    private static void Configure(OpenApiOptions options)
    {
        var types = new SchemaTypes();
        var shape = new SchemaShape(XmlTexts.Load());
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => !description.ActionDescriptor.EndpointMetadata.OfType<TimerFunctionMetadata>().Any();
        options.CreateSchemaReferenceId = types.NameOf;
        options.AddOperationTransformer(new OperationShape(types, shape));
        options.AddDocumentTransformer(new DocumentShape(types, shape));
    }
}
