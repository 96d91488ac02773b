using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServerlessChat.Local.Gateway;

/// <summary>
/// One origin, as the API document has it: every request goes to the function app, and a WebSocket on <c>/ws/…</c> to its hub of Web PubSub.
/// What it does to a request is all in <see cref="SocketAddress"/> and <see cref="ForwardedRequest"/>; docs/gateway.md says how the same is done in Azure.
/// </summary>
public sealed class LocalGateway : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http;

    private LocalGateway(WebApplication app, HttpMessageInvoker http)
    {
        _app = app;
        _http = http;
        string listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri($"http://localhost:{new Uri(listening).Port}/");
    }

    /// <summary><c>http://localhost:(port)/</c>.</summary>
    public Uri Address { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LocalGateway> StartAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);

        // The framework's own lines hold whole addresses, and these hold tokens.
        builder.Logging.AddFilter("Microsoft", LogLevel.None).AddFilter("System.Net.Http", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);

            // The limits are the function app's to say.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        WebApplication app = builder.Build();
        var http = new HttpMessageInvoker(Handler());
        var forwarder = new HttpForwarder(options.Functions, http, app.Logger);
        var tunnels = new SocketTunnel(options.WebPubSub, http, app.Logger, app.Lifetime.ApplicationStopping);
        app.Run(context => context.Request switch
        {
            var request when !ForwardedRequest.IsPath(request) => BadGateway.NoPathAsync(context),
            var request when SocketTunnel.IsAskedFor(request) => tunnels.OpenAsync(context),
            _ => forwarder.ForwardAsync(context),
        });
        try
        {
            await app.StartAsync(cancellationToken);
            return new LocalGateway(app, http);
        }
        catch
        {
            await app.DisposeAsync();
            http.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Passes on what comes, as it comes.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
    };
}
