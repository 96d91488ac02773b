using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using ServerlessChat.Local.Gateway;

namespace ServerlessChat.Tests.Local;

/// <summary>A server of a test's own behind a gateway, in both of its places: the function app's and Web PubSub's.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(WebApplication app, LocalGateway gateway)
    {
        _app = app;
        Gateway = gateway;
    }

    public LocalGateway Gateway { get; }

    public string Authority => new Uri(_app.Urls.Single()).Authority;

    public static async Task<Upstream> StartAsync(RequestDelegate handler)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.Run(handler);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.Single());
        return new Upstream(app, await LocalGateway.StartAsync(new GatewayOptions(0, address, address), TestContext.Current.CancellationToken));
    }

    /// <summary>Behind the gateway nobody answers any more.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
