using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>
/// A stand-in for the Azure Functions host v4 with a custom handler in proxying mode: reads host.json and every function.json, starts the
/// program and starts it again, and lets through what a function takes.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>On what is not the app's answer but the stand-in's own. The host has no such header.</summary>
    public const string Mark = "X-Stand-In";

    private readonly WebApplication _server;
    private readonly Forwarder _forwarder;

    private FunctionsHost(WebApplication server, ScriptRoot root, WorkerKeeper workers, HostLimits limits)
    {
        _server = server;
        Root = root;
        Workers = workers;
        _forwarder = new Forwarder(server.Services.GetRequiredService<IHttpForwarder>(), workers, limits);
        Timers = new TimerCalls(workers);
    }

    public ScriptRoot Root { get; }

    public WorkerKeeper Workers { get; }

    public TimerCalls Timers { get; }

    /// <summary>The public one.</summary>
    public Uri Address => new(_server.Urls.Single());

    /// <inheritdoc cref="Forwarder.LoseAnswer"/>
    public Func<HttpRequestMessage, bool>? LoseAnswer
    {
        set => _forwarder.LoseAnswer = value;
    }

    /// <summary>Reads the folder and starts its program.</summary>
    /// <param name="folder">What is deployed.</param>
    /// <param name="settings">App settings.</param>
    /// <param name="output">Takes each line that the program writes.</param>
    /// <param name="limits">Other ones than the usual.</param>
    /// <exception cref="InvalidDataException">The host would not start.</exception>
    public static async Task<FunctionsHost> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, WorkerOutput output, HostLimits? limits = null)
    {
        limits ??= new HostLimits();
        ScriptRoot root = ScriptRoot.Read(folder);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = 104_857_600;
        });
        WebApplication server = builder.Build();
        FunctionsHost? host = null;
        server.Run(context => host!.HandleAsync(context)); // Nobody knows the address before.
        await server.StartAsync(); // Before a port for the worker is looked for, so that it can't be this one.
        return host = new FunctionsHost(server, root, WorkerKeeper.Start(root, settings, output, limits), limits);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Workers.DisposeAsync(); // First: whoever waits for it is answered.
        }
        finally
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
            _forwarder.Dispose();
            Timers.Dispose();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        TakePublicAddress(context.Request);
        if (IsPreflight(context.Request))
        {
            await AnswerAsync(context, StatusCodes.Status204NoContent); // On Flex the host answers, and without origins configured it allows none.
        }
        else if (IsOfHost(context.Request.Path) || Root.Find(context.Request.Method, context.Request.Path.Value!) is not { } function)
        {
            bool isHome = context.Request.Path.Value is "/";
            await AnswerAsync(context, isHome ? StatusCodes.Status200OK : StatusCodes.Status404NotFound, isHome ? "Your Functions 4.0 app is up and running" : null);
        }
        else if (function.AuthLevel is not "anonymous")
        {
            await AnswerAsync(context, StatusCodes.Status401Unauthorized); // Nobody here has a key.
        }
        else if (await Workers.WaitAsync(context.RequestAborted) is { } why)
        {
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, why);
        }
        else
        {
            await _forwarder.ForwardAsync(context);
        }
    }

    /// <summary>The front end before the host says in two headers how it was called.</summary>
    private static void TakePublicAddress(HttpRequest request)
    {
        if (request.Headers["DISGUISED-HOST"].ToString() is { Length: > 0 } host)
        {
            request.Host = new HostString(host);
        }

        if (request.Headers["X-Forwarded-Proto"].ToString() is { Length: > 0 } scheme)
        {
            request.Scheme = scheme;
        }
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

    private static bool IsOfHost(PathString path) =>
        path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/runtime", StringComparison.OrdinalIgnoreCase);

    /// <summary>By the host itself.</summary>
    private static Task AnswerAsync(HttpContext context, int status, string? text = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers[Mark] = "1";
        return text is null ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
