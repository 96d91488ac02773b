using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Hosting;

namespace ServerlessChat.Sweeping;

/// <summary>The timer-triggered function <c>sweep</c>.</summary>
public static class SweepEndpoints
{
    public static IServiceCollection AddSweeping(this IServiceCollection services)
    {
        services.TryAddSingleton<SweepStore>();
        services.TryAddSingleton<Sweep>();
        return services;
    }

    public static void MapSweep(this IEndpointRouteBuilder app) =>
        app.MapPost("/sweep", RunAsync).WithTimerFunction("sweep", "0 */5 * * * *");

    private static async Task<TimerResult> RunAsync(Sweep sweep, CancellationToken cancellationToken) =>
        new($"Removed {await sweep.RunAsync(cancellationToken)} rows.");
}
