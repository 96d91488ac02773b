using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Emulator.Tests.Infrastructure;

/// <summary>One event as it arrived.</summary>
internal sealed record WebhookCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Type => Headers.GetValueOrDefault("ce-type", "");

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>An application's event handler on a free port. It allows everybody unless told otherwise.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookCall> _calls = new();

    private Webhook(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>The events so far, without validation requests.</summary>
    public WebhookCall[] Events => [.. _calls.Where(call => call.Method is "POST")];

    public WebhookCall[] Validations => [.. _calls.Where(call => call.Method is not "POST")];

    /// <param name="onEvent">Answers an event; null: 204.</param>
    /// <param name="onValidation">Answers OPTIONS; null: everybody is allowed.</param>
    public static async Task<Webhook> StartAsync(
        Func<WebhookCall, HttpContext, Task>? onEvent = null, Func<HttpContext, Task>? onValidation = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var webhook = new Webhook(builder.Build());
        webhook._app.Run(context => webhook.HandleAsync(context, onEvent, onValidation));
        await webhook._app.StartAsync(TestContext.Current.CancellationToken);
        return webhook;
    }

    /// <summary>Waits until so many events of a type have come and returns them.</summary>
    public async Task<WebhookCall[]> WaitForAsync(string type, int count = 1)
    {
        WebhookCall[] Found() => [.. Events.Where(call => call.Type.Equals(type, StringComparison.Ordinal))];
        await Wait.UntilAsync(() => Found().Length >= count, $"{count} events {type}");
        return Found();
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context, Func<WebhookCall, HttpContext, Task>? onEvent, Func<HttpContext, Task>? onValidation)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var call = new WebhookCall(context.Request.Method, context.Request.Path, headers, await reader.ReadToEndAsync(context.RequestAborted));
        _calls.Enqueue(call);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (call.Method is "POST")
        {
            await (onEvent?.Invoke(call, context) ?? Task.CompletedTask);
        }
        else if (onValidation is not null)
        {
            await onValidation(context);
        }
        else
        {
            context.Response.Headers["WebHook-Allowed-Origin"] = "*";
        }
    }
}
