using Microsoft.Extensions.Primitives;

namespace ServerlessChat.Hosting;

/// <summary>Headers of every answer. An answer that needs others (the web client's pages) sets its own; these only fill gaps.</summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, StringValues Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    ];

    private static readonly StringValues StrictTransport = "max-age=31536000";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Add, context);
        return next(context);
    });

    // As late as possible: an error clears the headers set so far, and the scheme is known once the forwarded headers are read.
    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        foreach ((string name, StringValues value) in Always)
        {
            context.Response.Headers.TryAdd(name, value);
        }

        if (context.Request.IsHttps)
        {
            context.Response.Headers.TryAdd("Strict-Transport-Security", StrictTransport);
        }

        return Task.CompletedTask;
    }
}
