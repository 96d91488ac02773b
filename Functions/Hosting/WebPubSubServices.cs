using System.Runtime.CompilerServices;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessChat.WebPubSub;
using ServerlessChat.WebPubSub.Events;
using ServerlessChat.WebPubSub.Wire;

namespace ServerlessChat.Hosting;

/// <summary>Connects to a hub of the configured Web PubSub, without a call. Null: none is configured.</summary>
public sealed record WebPubSubConnector(Func<string, WebPubSubServiceClient>? ToHub);

public static class WebPubSubServices
{
    public static IServiceCollection AddWebPubSub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<WebPubSubOptions>, WebPubSubOptionsValidator>();
        services.AddSingleton<IValidateOptions<WebPubSubOptions>, WebPubSubAddressValidator>();
        services.AddOptions<WebPubSubOptions>().Bind(configuration.GetSection(WebPubSubOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(provider => Connect(provider.GetRequiredService<IOptions<WebPubSubOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => Authenticate(provider.GetRequiredService<IOptions<WebPubSubOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static WebPubSubConnector Connect(WebPubSubOptions options, TimeProvider time)
    {
        if (!string.IsNullOrEmpty(options.ConnectionString))
        {
            var address = ServiceAddress.Parse(options.ConnectionString);
            return new WebPubSubConnector(hub => new WebPubSubServiceClient(address, hub, new WebPubSubServiceClientOptions { TimeProvider = time }));
        }

        return new WebPubSubConnector(string.IsNullOrEmpty(options.Endpoint) ? null : ConnectByIdentity(new Uri(options.Endpoint)));
    }

    // Not inlined: Azure.Identity and what it brings are loaded by the apps that use it alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Func<string, WebPubSubServiceClient> ConnectByIdentity(Uri endpoint)
    {
        var credential = new DefaultAzureCredential();
        return hub => new WebPubSubServiceClient(endpoint, hub, credential);
    }

    private static EventAuthenticator Authenticate(WebPubSubOptions options, TimeProvider time)
    {
        string[] keys =
        [
            .. string.IsNullOrEmpty(options.ConnectionString) ? Array.Empty<string>() : [ServiceAddress.Parse(options.ConnectionString).AccessKey],
            .. string.IsNullOrEmpty(options.SecondaryAccessKey) ? Array.Empty<string>() : [options.SecondaryAccessKey],
        ];
        return new EventAuthenticator(
            options.ServiceUri() is { } service ? [service.Host, service.Authority, .. options.EventHostNames()] : [],
            keys.Length > 0 ? new EventSignature(keys) : null,
            WebPubSubAddressValidator.HasEvents(options) ? TrustIdentity(options, time) : null);
    }

    // Not inlined: the libraries that fetch an authority's keys are loaded by the apps that use them alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IdentityTokens TrustIdentity(WebPubSubOptions options, TimeProvider time) =>
        new(options.EventAuthority!, options.EventAudience!, options.EventCaller!, time);
}
