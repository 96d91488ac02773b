using System.Net;
using System.Text;
using Emulator.Clients;
using Emulator.Clients.WebSockets;
using Emulator.Hubs;
using Emulator.Live;
using Emulator.Rest;
using Emulator.Tokens;
using Emulator.Upstream;

namespace Emulator;

/// <summary>Puts the emulator together.</summary>
internal static class EmulatorHost
{
    /// <summary>How long open sockets and calls may take to end when the emulator stops.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private const int MaxRequestLine = 64 * 1024;
    private const int MaxEventAnswerBytes = 16 * 1024 * 1024;

    /// <summary>A host that reads settings from beside the program, the environment and the arguments.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder, WebPubSubEmulatorOptions options)
    {
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Client tokens with many groups and roles make long addresses.
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * MaxRequestLine;

            // REST checks its own limit; a slow reader is the outbox's business.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
        });

        // Between a frame and its socket no other thread is woken: see Program.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        AddServices(builder.Services, options);
        var app = builder.Build();
        app.Services.GetRequiredService<HubRegistry>().ConnectionEnded += (connection, reason) =>
        {
            app.Services.GetRequiredService<ActivityLog>().Add("client", connection.Hub.Name, connection.Id, $"ended: {reason}");
            app.Services.GetRequiredService<UpstreamDispatcher>().RaiseDisconnected(connection, reason);
        };
        app.Lifetime.ApplicationStopping.Register(() => CloseAll(app.Services.GetRequiredService<HubRegistry>()));
        app.Run(app.Services.GetRequiredService<EmulatorEndpoint>().HandleAsync);
        return app;
    }

    private static void CloseAll(HubRegistry hubs)
    {
        foreach (var connection in hubs.All.SelectMany(hub => hub.Connections))
        {
            connection.CloseByServer("The service is stopping.", CloseCodes.GoingAway);
        }
    }

    private static void AddServices(IServiceCollection services, WebPubSubEmulatorOptions options)
    {
        services.AddSingleton(options);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        services.AddSingleton(options.TimeProvider);
        services.AddSingleton<EmulatorAddress>();
        services.AddSingleton<EmulatorEndpoint>();
        services.AddSingleton<HubRegistry>();
        services.AddSingleton<ActivityLog>();
        services.AddSingleton<LiveEndpoint>();
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<ClientTokens>();
        services.AddSingleton<ReconnectionTokens>();
        services.AddSingleton<ClientEndpoint>();
        services.AddSingleton<ClientSessions>();
        services.AddHostedService<KeepAlive>();
        AddRest(services);
        AddUpstream(services);
    }

    private static void AddRest(IServiceCollection services)
    {
        services.AddSingleton<RestAuthorizer>();
        services.AddSingleton<RestRouter>();
        services.AddSingleton<RestEndpoint>();
        services.AddSingleton<HubOperations>();
        services.AddSingleton<ConnectionOperations>();
        services.AddSingleton<GroupOperations>();
        services.AddSingleton<UserOperations>();
    }

    private static void AddUpstream(IServiceCollection services)
    {
        services.AddSingleton<EventRequest>();
        services.AddSingleton<AbuseProtection>();
        services.AddSingleton<EventSender>();
        services.AddSingleton<UpstreamDispatcher>();
        services.AddSingleton(_ => CreateHttpClient());
    }

    private static HttpClient CreateHttpClient()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,

            // User ids and states beyond ASCII travel as UTF-8.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxEventAnswerBytes };
    }
}
