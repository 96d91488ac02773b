using Emulator.Tokens;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Emulator;

/// <summary>A local Azure Web PubSub that runs in this process. It keeps nothing on disk; what it knows ends with it.</summary>
public sealed class WebPubSubEmulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebPubSubEmulatorOptions _options;

    private WebPubSubEmulator(WebApplication app, WebPubSubEmulatorOptions options)
    {
        _app = app;
        _options = options;
    }

    /// <summary>Where it is reached: scheme, host and port.</summary>
    public Uri Endpoint => new(Services.GetRequiredService<EmulatorAddress>().Endpoint);

    /// <summary>For the official SDKs. Holds the primary key.</summary>
    public string ConnectionString => $"Endpoint={Services.GetRequiredService<EmulatorAddress>().Endpoint};AccessKey={_options.AccessKey};Version=1.0;";

    /// <summary>Completes when the emulator has been stopped, for instance by Ctrl+C.</summary>
    public Task Stopped => _app.WaitForShutdownAsync();

    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts an emulator; by default on a free port of the loopback interface.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of bounds.</exception>
    /// <exception cref="IOException">The address is in use.</exception>
    public static Task<WebPubSubEmulator> StartAsync(WebPubSubEmulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(EmulatorHost.CreateBuilder([]), options ?? new(), cancellationToken);

    internal static async Task<WebPubSubEmulator> StartAsync(
        WebApplicationBuilder builder, WebPubSubEmulatorOptions options, CancellationToken cancellationToken)
    {
        OptionsValidation.Validate(options);
        var app = EmulatorHost.Build(builder, options);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        app.Services.GetRequiredService<EmulatorAddress>().Set(options.PublicEndpoint ?? listening);
        return new(app, options);
    }

    /// <summary>The address with a token for a client, as a server's SDK would make it.</summary>
    /// <param name="userId">Null: anonymous.</param>
    /// <param name="roles">For instance <c>webpubsub.joinLeaveGroup</c>; null: none.</param>
    /// <param name="groups">Joined at connect; null: none.</param>
    public Uri GetClientAccessUri(
        string hub, string? userId = null, IReadOnlyCollection<string>? roles = null, IReadOnlyCollection<string>? groups = null)
    {
        var token = Services.GetRequiredService<ClientTokens>().Create(hub, userId, roles ?? [], groups ?? [], TimeSpan.FromHours(1));
        var address = new UriBuilder(Endpoint) { Path = $"/client/hubs/{hub}", Query = $"access_token={token}" };
        address.Scheme = address.Scheme is "https" ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return address.Uri;
    }

    /// <summary>Tells every client, closes all sockets and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(EmulatorHost.StopTimeout);
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }
}
