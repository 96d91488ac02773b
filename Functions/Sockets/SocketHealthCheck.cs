using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServerlessChat.Sockets;

/// <summary>Web PubSub takes a signed call.</summary>
internal sealed class SocketHealthCheck(SocketHubs hubs) : IHealthCheck
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await hubs.Notifications.GroupExistsAsync("health", new Azure.RequestContext { CancellationToken = cancellationToken });
        return HealthCheckResult.Healthy();
    }
}
