using System.Globalization;
using System.Text.Json.Serialization;

namespace ServerlessChat.Hosting;

/// <summary>The body of every error: RFC 9457 with the members <c>code</c> and <c>errors</c>.</summary>
/// <param name="Type"><c>urn:serverlesschat:error:</c> and the code.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">For people; more than the title where there is more to say.</param>
/// <param name="Code">For programs: it never changes meaning.</param>
/// <param name="Errors">For 400s about fields: the field's wire name and what is wrong with it; absent otherwise.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors);

/// <summary>An error as the result of a handler: <c>application/problem+json</c> with the status of its kind.</summary>
public sealed class ApiProblem : IResult, IStatusCodeHttpResult
{
    private ApiProblem(ErrorKind kind, string? detail, IReadOnlyDictionary<string, string[]>? errors, TimeSpan? retryAfter)
    {
        Kind = kind;
        Detail = detail ?? kind.Title;
        Errors = errors;
        RetryAfter = retryAfter;
    }

    public ErrorKind Kind { get; }

    public string Detail { get; }

    /// <summary>Field name on the wire to its texts; null when the error is not about fields.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; }

    /// <summary>Sent as <c>Retry-After</c> in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; }

    public int? StatusCode => Kind.Status;

    /// <param name="kind">A row of <see cref="Hosting.Errors"/>.</param>
    /// <param name="detail">For people; by default the kind's title. Nothing internal.</param>
    /// <param name="retryAfter">When to try again, for 429 and 503.</param>
    public static ApiProblem Of(ErrorKind kind, string? detail = null, TimeSpan? retryAfter = null) => new(kind, detail, errors: null, retryAfter);

    /// <summary>A 400 about one field.</summary>
    public static ApiProblem Field(string field, params string[] texts) =>
        Fields(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = texts });

    /// <summary>A 400 about fields.</summary>
    public static ApiProblem Fields(IReadOnlyDictionary<string, string[]> errors) =>
        new(Hosting.Errors.InvalidRequest, detail: null, errors, retryAfter: null);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = Kind.Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Kind.Status == StatusCodes.Status413PayloadTooLarge && httpContext.Request.ContentLength > CustomHandler.MaxDiscardedSize)
        {
            // The rest of such a body is not read: the server ends the connection, and a client that is not told would use it again.
            response.Headers.Connection = "close";
        }

        if (Kind.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = new ProblemBody($"urn:serverlesschat:error:{Kind.Code}", Kind.Title, Kind.Status, Detail, Kind.Code, Errors);
        return response.WriteAsJsonAsync(body, ChatJson.Readable.ProblemBody, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>Carries an <see cref="ApiProblem"/> out of a place that has no result of its own (parameter binding, storage that does not answer).</summary>
public sealed class ApiProblemException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;
}
