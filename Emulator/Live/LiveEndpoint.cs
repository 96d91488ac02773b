using System.Text.Json;
using Emulator.Hubs;

namespace Emulator.Live;

/// <summary>The page at <c>/</c> and what it loads: embedded files, and the state as JSON.</summary>
internal sealed class LiveEndpoint(HubRegistry hubs, ActivityLog activities, EmulatorAddress address)
{
    private static readonly Dictionary<string, (string Resource, string ContentType)> Files = new(StringComparer.Ordinal)
    {
        ["/"] = ("page/index.html", "text/html; charset=utf-8"),
        ["/live/page.js"] = ("page/page.js", "text/javascript; charset=utf-8"),
        ["/live/page.css"] = ("page/page.css", "text/css; charset=utf-8"),
    };

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // What users wrote is shown as text only; this is the second lock.
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        if (HttpMethods.IsGet(context.Request.Method) && path is "/live/state")
        {
            return WriteStateAsync(context);
        }

        if (HttpMethods.IsGet(context.Request.Method) && Files.TryGetValue(path, out var file))
        {
            return WriteFileAsync(context, file);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task WriteFileAsync(HttpContext context, (string Resource, string ContentType) file)
    {
        context.Response.ContentType = file.ContentType;
        await using var content = typeof(LiveEndpoint).Assembly.GetManifestResourceStream(file.Resource)
            ?? throw new InvalidOperationException($"The resource {file.Resource} is missing.");
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private Task WriteStateAsync(HttpContext context)
    {
        _ = long.TryParse(context.Request.Query["after"], out var after);
        var state = new LiveState(address.Endpoint, [.. hubs.All.Select(LiveHub.From)], activities.Since(Math.Max(0, after)));
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, state, LiveJson.Default.LiveState, context.RequestAborted);
    }
}
