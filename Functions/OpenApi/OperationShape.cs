using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>Says of an operation what its endpoint declares and what its handler takes.</summary>
[RequiresUnreferencedCode(ApiDocument.Reflection)]
internal sealed class OperationShape(SchemaTypes types, SchemaShape shape) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        OpenApiDocument document = context.Document!;
        Handler handler = Handler.Of(context.Description);
        IReadOnlyList<ErrorKind> errors = OperationErrors.Of(handler);
        operation.OperationId = IdOf(handler, context);
        operation.Summary = handler.Text?.Summary;
        operation.Security = Security.Of(context.Description, errors, document);
        operation.Parameters = [.. PathParameters.Of(operation, document), .. QueryParameters(handler.Query)];
        if (handler.Body is { } body)
        {
            operation.RequestBody = RequestBody(body, await types.ReferenceAsync(body, context, cancellationToken), document);
        }

        foreach ((string status, IOpenApiResponse response) in operation.Responses!)
        {
            Improve(status, (OpenApiResponse)response, operation.Responses);
            Examples.AddTo(response.Content, document);
        }

        await types.ReferenceAsync(typeof(ProblemBody), context, cancellationToken);
        ProblemResponses.AddTo(operation.Responses, errors, document);
    }

    private static string? IdOf(Handler handler, OpenApiOperationTransformerContext context)
    {
        IReadOnlyList<string> methods = context.Description.ActionDescriptor.EndpointMetadata.OfType<IHttpMethodMetadata>().Last().HttpMethods;
        string? id = handler.Text?.Id;
        return string.Equals(methods[0], handler.Method, StringComparison.Ordinal) ? id : $"{id}_by_{handler.Method.ToLowerInvariant()}";
    }

    private static OpenApiRequestBody RequestBody(Type type, OpenApiSchemaReference schema, OpenApiDocument document)
    {
        var json = new OpenApiMediaType { Schema = schema };
        var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/json"] = json,
            ["application/x-www-form-urlencoded"] = new OpenApiMediaType { Schema = schema },
        };
        Examples.AddTo(json, document);
        return new OpenApiRequestBody { Content = content, Required = type.GetProperties().Any(property => property.IsDefined(typeof(RequiredAttribute))) };
    }

    private IEnumerable<IOpenApiParameter> QueryParameters(Type? query)
    {
        foreach (PropertyInfo property in query?.GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? [])
        {
            IOpenApiSchema schema = shape.Describe(new OpenApiSchema { Type = JsonSchemaType.String }, property);
            string? description = schema.Description;
            schema.Description = null;
            if (property.GetCustomAttribute<DefaultValueAttribute>()?.Value is int byDefault)
            {
                ((OpenApiSchema)schema).Default = byDefault;
            }

            yield return new OpenApiParameter
            {
                Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
                In = ParameterLocation.Query,
                Description = description,
                Schema = schema,
            };
        }
    }

    private static void Improve(string status, OpenApiResponse response, OpenApiResponses all)
    {
        if (all.ContainsKey("200") && all.ContainsKey("201"))
        {
            response.Description = status is "200" ? "A repeat, by its `client_id`: what was stored and answered the first time." : "Stored.";
        }
    }
}
