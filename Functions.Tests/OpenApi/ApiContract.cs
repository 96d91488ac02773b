using System.Text.Json;
using Json.Schema;
using ServerlessChat.Tests.Hosting;
using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>The API's document as the build left it, asked whether an answer is one of those that it declares.</summary>
internal sealed class ApiContract
{
    private const string Prefix = "#/components/schemas/";

    /// <summary>Served, and none of the API's: the web client, and what the Functions host's timer calls.</summary>
    private static readonly string[] Others = ["/", "/favicon.svg", "/sweep"];

    /// <summary>What the server says of a request that is no HTTP, before the app sees it (docs/errors.md).</summary>
    private static readonly int[] BeforeTheApp = [400, 414, 431];

    private readonly List<ApiPath> _paths;

    public ApiContract(string document)
    {
        Document = JsonElement.Parse(document);
        Schemas = new Schemas(Document.At("components", "schemas"), Prefix);
        Open = new Schemas(Document.At("components", "schemas"), Prefix, isStrict: false);
        _paths = [.. Document.GetProperty("paths").EnumerateObject().Select(path => new ApiPath(path.Name, path.Value, this))];
    }

    public static string FilePath { get; } = Path.Combine(Path.GetDirectoryName(FunctionApp.Program)!, "openapi.json");

    /// <summary>Of the function app that these tests are built with; read once.</summary>
    public static ApiContract Current { get; } = new(File.ReadAllText(FilePath));

    public JsonElement Document { get; }

    public Schemas Schemas { get; }

    /// <summary>The same for requests: fields that nobody knows are ignored.</summary>
    public Schemas Open { get; }

    public IEnumerable<ApiOperation> Operations => _paths.SelectMany(path => path.Operations.Values);

    /// <summary>What a local reference leads to; the element itself when it is none.</summary>
    public JsonElement Resolve(JsonElement element) => element.TryGetProperty("$ref", out JsonElement reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(Document, (at, name) => at.GetProperty(name))
        : element;

    /// <summary>What is wrong with an answer, in words; null when the document declares it.</summary>
    /// <param name="path">As in the request, without its query.</param>
    public string? Explain(string method, string path, Answer answer)
    {
        path = new Uri($"http://chat.test{path}").AbsolutePath; // Without dots, as the server reads it.
        if (Others.Contains(path, StringComparer.OrdinalIgnoreCase) || path.StartsWith("/assets/", StringComparison.Ordinal)
            || (BeforeTheApp.Contains(answer.Status) && answer.ContentType is null))
        {
            return null;
        }

        ApiPath? known = _paths.Where(candidate => candidate.Matches(path)).MinBy(candidate => candidate.Parameters);
        ApiOperation? operation = known?.Find(method is "HEAD" ? "GET" : method);
        string? wrong = (known, operation) switch
        {
            (null, _) => answer.Status is 404 ? null : $"the document has no such address, but it answered {answer.Status}",
            (_, null) => answer.Status is 405 ? null : $"the document does not declare the method, but it answered {answer.Status}",
            _ => operation.Explain(answer, hasBody: method is not "HEAD"),
        };
        return wrong is null ? null : $"{method} {path} is not as {(operation is null ? "the document" : operation.Id)} says: {wrong}";
    }
}

/// <summary>What is compared of an answer.</summary>
/// <param name="ContentType">Without its parameters; null when there is none.</param>
/// <param name="Body">Undefined when it is not JSON.</param>
/// <param name="Headers">Names, in whatever case.</param>
/// <param name="Request">The body that was answered so; undefined when it was not JSON.</param>
internal sealed record Answer(int Status, string? ContentType, JsonElement Body, IReadOnlySet<string> Headers, JsonElement Request = default);

/// <summary>An address of the document.</summary>
internal sealed class ApiPath
{
    private readonly string[] _segments;

    public ApiPath(string template, JsonElement item, ApiContract contract)
    {
        _segments = Split(template);
        Operations = item.EnumerateObject().ToDictionary(
            method => method.Name, method => new ApiOperation(template, method.Name, method.Value, contract), StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyDictionary<string, ApiOperation> Operations { get; }

    public int Parameters => _segments.Count(segment => segment[0] is '{');

    /// <summary>As the app routes: the case of fixed words and a slash at the end make no difference.</summary>
    public bool Matches(string path)
    {
        string[] parts = Split(path);
        return parts.Length == _segments.Length && parts.Zip(_segments).All(pair =>
            pair.Second[0] is '{' ? pair.First.Length > 0 : string.Equals(Uri.UnescapeDataString(pair.First), pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    public ApiOperation? Find(string method) => Operations.GetValueOrDefault(method);

    private static string[] Split(string path) => (path.EndsWith('/') ? path[..^1] : path).Split('/')[1..];
}
