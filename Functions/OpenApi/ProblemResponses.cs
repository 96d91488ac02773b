using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>The answers of operations that are errors: each set of codes of one status is written once, among the components.</summary>
internal static class ProblemResponses
{
    public const string MediaType = "application/problem+json";

    /// <summary>The schema of <see cref="ProblemBody"/>.</summary>
    public const string Schema = "Problem";

    private const char Separator = '.';

    private static readonly Dictionary<int, string> Headers = new()
    {
        [StatusCodes.Status401Unauthorized] = "WWW-Authenticate",
        [StatusCodes.Status429TooManyRequests] = "Retry-After",
        [StatusCodes.Status503ServiceUnavailable] = "Retry-After",
    };

    /// <summary>Adds the errors to an operation. Where its status has an answer of another type already, both are there.</summary>
    public static void AddTo(OpenApiResponses responses, IReadOnlyList<ErrorKind> errors, OpenApiDocument document)
    {
        foreach (IGrouping<int, ErrorKind> status in errors.GroupBy(error => error.Status))
        {
            string key = status.Key.ToString();
            if (responses.TryGetValue(key, out IOpenApiResponse? other) && other is OpenApiResponse { Content: { } content } response)
            {
                content[MediaType] = Content([.. status], document);
                response.Headers ??= HeadersOf(status.Key, document);
            }
            else
            {
                responses[key] = Reference([.. status], document);
            }
        }
    }

    /// <summary>The components that every problem refers to.</summary>
    public static void AddComponents(OpenApiDocument document)
    {
        HashSet<string> used = [.. document.Components!.Responses!.Keys.SelectMany(id => id.Split(Separator))];
        foreach (ErrorKind error in Errors.All.Where(error => used.Contains(error.Code)))
        {
            document.AddComponent(error.Code, new OpenApiExample { Summary = error.Title, Value = Example(error) });
        }

        document.AddComponent("Retry-After", new OpenApiHeader
        {
            Description = "Seconds to wait before the same request is sent again.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
        });
        document.AddComponent("WWW-Authenticate", new OpenApiHeader
        {
            Description = "How to sign in: `Bearer`.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static OpenApiResponseReference Reference(ErrorKind[] errors, OpenApiDocument document)
    {
        string id = string.Join(Separator, errors.Select(error => error.Code));
        if (document.Components?.Responses?.ContainsKey(id) is not true)
        {
            document.AddComponent(id, new OpenApiResponse
            {
                Description = string.Join(" Or: ", errors.Select(error => error.Title)),
                Headers = HeadersOf(errors[0].Status, document),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [MediaType] = Content(errors, document) },
            });
        }

        return new OpenApiResponseReference(id, document);
    }

    private static OpenApiMediaType Content(ErrorKind[] errors, OpenApiDocument document) => new()
    {
        Schema = new OpenApiSchema
        {
            AllOf =
            [
                new OpenApiSchemaReference(Schema, document),
                new OpenApiSchema
                {
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["code"] = new OpenApiSchema { Enum = [.. errors.Select(error => (JsonNode)error.Code)] },
                        ["status"] = new OpenApiSchema { Enum = [errors[0].Status] },
                    },
                },
            ],
        },
        Examples = errors.ToDictionary(error => error.Code, error => (IOpenApiExample)new OpenApiExampleReference(error.Code, document), StringComparer.Ordinal),
    };

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(int status, OpenApiDocument document) =>
        Headers.TryGetValue(status, out string? name)
            ? new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [name] = new OpenApiHeaderReference(name, document) }
            : null;

    private static JsonNode? Example(ErrorKind error)
    {
        Dictionary<string, string[]>? fields = error == Errors.InvalidRequest
            ? new Dictionary<string, string[]>(StringComparer.Ordinal) { ["message"] = ["This field is required."] }
            : null;
        var body = new ProblemBody($"urn:serverlesschat:error:{error.Code}", error.Title, error.Status, error.Title, error.Code, fields);
        return JsonSerializer.SerializeToNode(body, ChatJson.Readable.ProblemBody);
    }
}
