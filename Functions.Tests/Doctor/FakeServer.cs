using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessChat.Tests.Doctor;

/// <summary>A server that answers as a test says: what stands in the app's or Web PubSub's place.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>As Web PubSub.</summary>
    public string ConnectionString => $"Endpoint={Address.GetLeftPart(UriPartial.Authority)};AccessKey=0123456789abcdef0123456789abcdef;Version=1.0;";

    public static async Task<FakeServer> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FakeServer(app);
    }

    /// <summary>An app that is well but for its event handler.</summary>
    public static Task<FakeServer> AppAsync(RequestDelegate events) => StartAsync(context => context.Request.Path.Value switch
    {
        "/health/" => HealthAsync(context, 200, """{"status":"ok","checks":{"storage":"ok","web_pubsub":"ok"}}"""),
        "/webpubsub/events" => events(context),
        _ => AnswerAsync(context, 404),
    });

    public static Task HealthAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public static Task AnswerAsync(HttpContext context, int status, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach ((string name, string value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
