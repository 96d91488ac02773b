using System.Collections.Frozen;

namespace ServerlessChat.Hosting;

/// <summary>Hides the timers' addresses from everyone but the Functions host.</summary>
/// <remarks>
/// The host proxies outside requests with X-Forwarded-… headers that it writes itself, so that nobody can leave them out; its own timer posts
/// without them. Besides, no function.json gives POST on these addresses away: this is the second lock.
/// </remarks>
internal sealed class TimerGuard(RequestDelegate next, EndpointDataSource endpoints)
{
    private readonly Lazy<FrozenSet<string>> _paths = new(() => endpoints.Endpoints
        .Select(e => e.Metadata.GetMetadata<TimerFunctionMetadata>())
        .OfType<TimerFunctionMetadata>()
        .Select(timer => "/" + timer.Name)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    public Task InvokeAsync(HttpContext context)
    {
        if (!_paths.Value.Contains(context.Request.Path.Value?.TrimEnd('/') ?? "") || IsFromHost(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool IsFromHost(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && !request.Headers.Any(header => header.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || header.Key.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)); // what they become once they were applied
}

internal static class TimerGuardExtensions
{
    public static void UseTimerGuard(this WebApplication app) => app.UseMiddleware<TimerGuard>();
}
