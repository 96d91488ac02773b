using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Notifications;

namespace ServerlessChat.Sockets;

public static class SocketServices
{
    /// <summary>Sockets over the configured Web PubSub. Where there is none, nothing is published, and negotiation answers 503.</summary>
    public static IServiceCollection AddSockets(this IServiceCollection services)
    {
        services.TryAddSingleton<SocketHubs>();
        services.TryAddSingleton<SocketTickets>();
        services.TryAddSingleton<SocketIdentity>();
        services.TryAddSingleton<SocketInbox>();
        services.TryAddSingleton<SocketAccess>();
        services.TryAddSingleton<SocketMessages>();
        services.TryAddSingleton<SocketReview>();
        services.TryAddSingleton<SocketEvents>();
        services.TryAddSingleton<Negotiation>();
        services.TryAddSingleton<Notifier>();
        services.TryAddSingleton<Mentions>();
        services.TryAddSingleton<OwedClosings>();
        services.TryAddSingleton<MemberRows>();
        services.TryAddSingleton<IPublisher>(static provider =>
            provider.GetRequiredService<SocketHubs>() is { IsConfigured: true } hubs ? new LivePublisher(hubs, provider.GetRequiredService<Mentions>()) : new SilentPublisher());
        services.TryAddSingleton<ILiveGroups>(static provider =>
            provider.GetRequiredService<SocketHubs>() is { IsConfigured: true } hubs
                ? ActivatorUtilities.CreateInstance<LiveGroups>(provider)
                : new SilentLiveGroups());
        services.AddOptions<HealthCheckServiceOptions>().Configure<SocketHubs>(AddHealthCheck);
        return services;
    }

    /// <summary>What is not there is not checked.</summary>
    private static void AddHealthCheck(HealthCheckServiceOptions checks, SocketHubs hubs)
    {
        if (hubs.IsConfigured)
        {
            checks.Registrations.Add(new HealthCheckRegistration("web_pubsub", _ => new SocketHealthCheck(hubs), failureStatus: null, tags: null, SocketHealthCheck.Timeout));
        }
    }
}
