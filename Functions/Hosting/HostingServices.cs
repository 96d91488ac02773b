using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Hosting;

/// <summary>What every feature stands on: time, JSON, time limits, health.</summary>
public static class HostingServices
{
    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<HostingOptions>, HostingOptionsValidator>();
        services.AddOptions<HostingOptions>().Bind(configuration.GetSection(HostingOptions.Section)).ValidateOnStart();
        services.Configure<JsonOptions>(options => WriteAsChatJson(options.SerializerOptions));

        // A parameter that can't be read answers 400 by status alone, in every environment; ApiProblemMiddleware writes the body.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<HostingOptions>>((timeouts, hosting) =>
            timeouts.DefaultPolicy = TimeLimit(hosting.Value.RequestTimeout));
        services.AddHealthChecks().AddCheck<TablesHealthCheck>("storage", timeout: TablesHealthCheck.Timeout);
        return services;
    }

    /// <summary>A request that outlives the limit is cancelled and gets 503.</summary>
    internal static RequestTimeoutPolicy TimeLimit(TimeSpan timeout) => new()
    {
        Timeout = timeout,
        TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        WriteTimeoutResponse = context => ApiProblemMiddleware.Unavailable.ExecuteAsync(context),
    };

    /// <summary>Results are written as <see cref="ChatJson"/> describes them.</summary>
    /// <remarks>
    /// The encoder leaves Persian as it is: escaped, each letter would take six bytes instead of two. It doesn't escape HTML
    /// either, which is safe in <c>application/json</c> with <c>nosniff</c>.
    /// </remarks>
    private static void WriteAsChatJson(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.AllowReadingFromString;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        foreach (JsonConverter converter in ChatJson.Default.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        options.TypeInfoResolverChain.Insert(0, ChatJson.Default);
    }
}
