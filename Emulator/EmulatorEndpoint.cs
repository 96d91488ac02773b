using Emulator.Clients;
using Emulator.Live;
using Emulator.Rest;
using Microsoft.AspNetCore.Http.Features;

namespace Emulator;

/// <summary>The way from an address to one of the faces. It reads the raw target: decoded paths cannot tell a slash in a name from one between names.</summary>
internal sealed class EmulatorEndpoint(ClientEndpoint clients, RestEndpoint rest, LiveEndpoint live)
{
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0].Split('/');
        return path switch
        {
            ["", "client", "hubs", var hub] => clients.HandleAsync(context, Uri.UnescapeDataString(hub)),
            ["", "client"] or ["", "client", ""] => clients.HandleAsync(context, hubName: null),
            ["", "clients", var kind, ..] => RefuseAsync(context, kind),
            ["", "api", .. var operation] => rest.HandleAsync(context, operation),
            _ => live.HandleAsync(context),
        };
    }

    private static Task RefuseAsync(HttpContext context, string kind)
    {
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"This emulator does not support {Uri.UnescapeDataString(kind)} clients.", context.RequestAborted);
    }
}
