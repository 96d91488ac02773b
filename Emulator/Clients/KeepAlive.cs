using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>Sends every client its pings: one clock for all sockets.</summary>
internal sealed class KeepAlive(HubRegistry hubs, WebPubSubEmulatorOptions options) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, options.TimeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var hub in hubs.All)
            {
                var interval = TimeSpan.FromSeconds(hub.Options.WebSocketKeepAliveIntervalInSeconds);
                foreach (var connection in hub.Connections)
                {
                    connection.Transport?.KeepAlive(interval, options.KeepAliveTimeout, isBusy: !connection.PendingWork.IsCompleted);
                }
            }
        }
    }
}
