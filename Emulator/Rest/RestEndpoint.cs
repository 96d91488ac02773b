using Emulator.Hubs;
using Emulator.Live;

namespace Emulator.Rest;

/// <summary>The data-plane REST API under <c>/api</c>.</summary>
internal sealed class RestEndpoint(
    RestAuthorizer authorizer, RestRouter router, HubRegistry hubs, ActivityLog activities, WebPubSubEmulatorOptions options)
{
    // As the service's header names them.
    private const string ApiVersions = "2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01";

    /// <param name="path">The raw segments after <c>/api</c>.</param>
    public Task HandleAsync(HttpContext context, string[] path)
    {
        context.Response.Headers["api-supported-versions"] = ApiVersions;
        if (path is ["health"] && (HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsGet(context.Request.Method)))
        {
            return Task.CompletedTask;
        }

        if (path is ["hubs", var hub, _, ..])
        {
            return HandleHubAsync(context, Uri.UnescapeDataString(hub), path[2..]);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task HandleHubAsync(HttpContext context, string hubName, string[] path)
    {
        var refusal = await authorizer.AuthorizeAsync(context, generatesToken: path is [RestRouter.GenerateToken]);
        if (refusal != 0)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        var started = options.TimeProvider.GetTimestamp();
        RestCall? call = null;
        try
        {
            CheckVersion(context.Request);
            call = new RestCall(context, hubs.Get(Names.IsHub(hubName) ? hubName : throw RestError.Validation("hub", "Invalid hub name.")));
            await router.Invoke(call, context.Request.Method, path);
        }
        catch (RestException e)
        {
            await RestErrorWriter.WriteAsync(context, e.Error);
        }
        catch (EndOfStreamException)
        {
            await RestErrorWriter.WriteAsync(context, RestError.Request("Invalid Content-Length header.").Error);
        }

        var text = $"{context.Request.Method} {string.Join('/', path)}: HTTP {context.Response.StatusCode}";
        var took = options.TimeProvider.GetElapsedTime(started).TotalMilliseconds;
        activities.Add("rest", call?.Hub.Name ?? "", null, text, call is null ? default : call.Body.Span, took);
    }

    private void CheckVersion(HttpRequest request)
    {
        var version = request.Query["api-version"].ToString();
        if (version.Length > 0 && !options.AcceptUnknownApiVersions && !ApiVersions.Split(", ").Contains(version, StringComparer.Ordinal))
        {
            throw RestError.Request($"The api-version '{version}' is not supported.");
        }
    }
}
