using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Erasing;
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

    /// <summary>At once, so that neither waits for what the other may be at for several runs.</summary>
    private static async Task<TimerResult> RunAsync(Sweep sweep, ErasureSweep erasures, CancellationToken cancellationToken)
    {
        Task<int> removed = sweep.RunAsync(cancellationToken);
        Task<int> rewritten = erasures.RunAsync(cancellationToken);
        await Task.WhenAll(removed, rewritten);
        return new TimerResult($"Removed {await removed} rows.", $"Took the name of an erased account out of {await rewritten} entries.");
    }
}
