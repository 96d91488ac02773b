using ServerlessChat.Accounts;
using ServerlessChat.Blocks;
using ServerlessChat.Dashboard;
using ServerlessChat.Erasing;
using ServerlessChat.Exporting;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.OpenApi;
using ServerlessChat.PrivateChats;
using ServerlessChat.Signals;
using ServerlessChat.Sockets;
using ServerlessChat.Sweeping;

namespace ServerlessChat;

/// <summary>The function app, as a table of contents: services, pipeline, features, run.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Launcher.RunAsync(args);

    /// <summary>The whole app, not yet started. Building it reads no setting of a feature and opens no connection.</summary>
    /// <param name="args">Settings as <c>--Section:Name=value</c>; they win over the environment, and that over <c>appsettings.json</c>.</param>
    /// <param name="configure">Runs before the app registers its own services, which never replace one that is already there.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(AppOptions.From(args));
        configure?.Invoke(builder);

        builder.AddCustomHandler();
        builder.AddJsonLogs();
        builder.Services.AddHosting(builder.Configuration);
        builder.Services.AddWeb();
        builder.Services.AddApiDocument();
        builder.Services.AddTables(builder.Configuration);
        builder.Services.AddWebPubSub(builder.Configuration);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddSockets(); // Before what would publish to nobody.
        builder.Services.AddMessages(builder.Configuration).AddGroups().AddPrivateChats().AddBlocks().AddSignals(builder.Configuration).AddDashboard().AddErasing().AddExporting().AddSweeping();

        WebApplication app = builder.Build();

        app.UseSecurityHeaders();
        app.UseApiProblems();
        app.UseTimerGuard(); // Before the forwarded headers are taken off the request: they are what it looks at.
        app.UseForwardedHeaders();
        app.UseHeadAsGet(); // Before routing: no route takes HEAD.
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseCrossSiteRule(); // After authentication: it looks at how the caller signed in.
        app.UseAuthorization();

        app.MapWeb();
        app.MapHealth();
        app.MapApiDocument();
        app.MapAccounts();
        app.MapErasing();
        app.MapExporting();
        app.MapGroups();
        app.MapGroupRevisions();
        app.MapPrivateChats();
        app.MapPrivateRevisions();
        app.MapBlocks();
        app.MapSignals();
        app.MapDashboard();
        app.MapSockets();
        app.MapSweep();
        return app;
    }
}
