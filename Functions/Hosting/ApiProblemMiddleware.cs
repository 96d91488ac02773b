using System.Diagnostics;

namespace ServerlessChat.Hosting;

/// <summary>Gives every error its <see cref="ApiProblem"/>: what a handler or the binding throws, and what routing answers by status alone.</summary>
internal sealed partial class ApiProblemMiddleware(RequestDelegate next, ILogger<ApiProblemMiddleware> logger)
{
    /// <summary>nginx's word for a caller that went away; nobody reads it but a metric.</summary>
    private const int ClientClosedRequest = 499;

    /// <summary>The answer when storage does not answer.</summary>
    internal static readonly ApiProblem Unavailable = ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(2));

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e);
            return;
        }

        if (IsBareError(context.Response))
        {
            await FromStatus(context.Response.StatusCode).ExecuteAsync(context);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        context.Response.Clear();
        if (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientLeft(logger, exception);
            context.Response.StatusCode = ClientClosedRequest;
            return Task.CompletedTask;
        }

        return Explain(context, exception).ExecuteAsync(context);
    }

    private ApiProblem Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ApiProblemException known:
                return known.Problem;
            case BadHttpRequestException bad:
                return FromStatus(bad.StatusCode);
            case var failure when StorageFailure.IsUnavailable(failure):
                Log.Unavailable(logger, exception, Route(context), TraceId(context));
                return Unavailable;
            default:
                Log.Unhandled(logger, exception, Route(context), TraceId(context));
                return ApiProblem.Of(Errors.Internal);
        }
    }

    private static bool IsBareError(HttpResponse response) =>
        response.StatusCode is >= 400 and not ClientClosedRequest && !response.HasStarted
        && response.ContentType is null && response.ContentLength is null or 0;

    private static ApiProblem FromStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ApiProblem.Of(Errors.NotSignedIn),
        StatusCodes.Status403Forbidden => ApiProblem.Of(Errors.Forbidden),
        StatusCodes.Status404NotFound => ApiProblem.Of(Errors.NotFound),
        StatusCodes.Status405MethodNotAllowed => ApiProblem.Of(Errors.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => ApiProblem.Of(Errors.BodyTooLarge),
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.Of(Errors.UnsupportedMediaType),
        StatusCodes.Status429TooManyRequests => ApiProblem.Of(Errors.TooManyRequests, retryAfter: TimeSpan.FromSeconds(1)),
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= 500 => ApiProblem.Of(Errors.Internal),
        _ => ApiProblem.Of(Errors.InvalidRequest, "The request could not be read."),
    };

    /// <summary>The route's template and not the path: a path holds names.</summary>
    private static string Route(HttpContext context) =>
        $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)"}";

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Route} failed. Trace {TraceId}.")]
        public static partial void Unhandled(ILogger logger, Exception exception, string route, string traceId);

        [LoggerMessage(2, LogLevel.Warning, "{Route}: storage does not answer. Trace {TraceId}.")]
        public static partial void Unavailable(ILogger logger, Exception exception, string route, string traceId);

        [LoggerMessage(3, LogLevel.Debug, "The caller left before the answer.")]
        public static partial void ClientLeft(ILogger logger, Exception exception);
    }
}

internal static class ApiProblemMiddlewareExtensions
{
    public static void UseApiProblems(this WebApplication app) => app.UseMiddleware<ApiProblemMiddleware>();
}
