using System.Text.Json;
using Json.Schema;
using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>One method of an address of the document, with what it may answer.</summary>
internal sealed class ApiOperation
{
    private readonly Dictionary<int, Declared> _answers;
    private readonly JsonSchema? _request;

    public ApiOperation(string path, string method, JsonElement operation, ApiContract contract)
    {
        (Path, Method, Json) = (path, method, operation);
        _answers = operation.GetProperty("responses").EnumerateObject()
            .ToDictionary(answer => int.Parse(answer.Name), answer => Declared.Of(contract.Resolve(answer.Value), contract));
        _request = operation.TryGetProperty("requestBody", out JsonElement body) ? contract.Open.Of(body.At("content", "application/json", "schema")) : null;
    }

    public string Path { get; }

    public string Method { get; }

    public JsonElement Json { get; }

    public string Id => Json.GetProperty("operationId").GetString()!;

    public IEnumerable<int> Statuses => _answers.Keys;

    /// <summary>What is wrong with an answer, in words; null when nothing is.</summary>
    /// <param name="hasBody">False for HEAD, whose answers have headers alone.</param>
    public string? Explain(Answer answer, bool hasBody)
    {
        if (!_answers.TryGetValue(answer.Status, out Declared? declared))
        {
            return $"status {answer.Status} is not declared ({answer.Body})";
        }

        if (declared.Headers.FirstOrDefault(header => !answer.Headers.Contains(header)) is { } missing)
        {
            return $"status {answer.Status} has no header {missing}";
        }

        if (answer is { Status: < 300, Request.ValueKind: not JsonValueKind.Undefined } && _request is not null && Schemas.Explain(_request, answer.Request) is { } refused)
        {
            return $"status {answer.Status} for a body that it does not allow: {refused} in {answer.Request}";
        }

        if (declared.Content.Count == 0 || answer.ContentType is null)
        {
            return (declared.Content.Count == 0) == (answer.ContentType is null) ? null : $"status {answer.Status} has the content type {answer.ContentType ?? "(none)"}";
        }

        if (!declared.Content.TryGetValue(answer.ContentType, out JsonSchema? schema))
        {
            return $"status {answer.Status} has the content type {answer.ContentType}";
        }

        return hasBody && answer.Body.ValueKind is not JsonValueKind.Undefined && Schemas.Explain(schema, answer.Body) is { } wrong
            ? $"status {answer.Status}: {wrong} in {answer.Body}"
            : null;
    }

    /// <summary>What stands in the document for one status.</summary>
    /// <param name="Content">Media types to schemas.</param>
    /// <param name="Headers">Those that must be there.</param>
    private sealed record Declared(IReadOnlyDictionary<string, JsonSchema> Content, IReadOnlyList<string> Headers)
    {
        public static Declared Of(JsonElement response, ApiContract contract) => new(
            Members(response, "content").ToDictionary(
                type => type.Name, type => contract.Schemas.Of(type.Value.GetProperty("schema")), StringComparer.OrdinalIgnoreCase),
            [.. Members(response, "headers")
                .Where(header => contract.Resolve(header.Value).TryGetProperty("required", out JsonElement required) && required.GetBoolean())
                .Select(header => header.Name)]);

        private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
            element.TryGetProperty(name, out JsonElement members) ? members.EnumerateObject() : default;
    }
}
