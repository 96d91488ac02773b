using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServerlessChat.OpenApi;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Hosting;

/// <summary><c>/health/</c>: whether everything that the app needs answers. A feature adds its own <see cref="IHealthCheck"/>.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/health/", CheckAsync).WithTags("service")
        .Describe("health", "Whether everything that the app needs answers")
        .Answers(StatusCodes.Status200OK, typeof(HealthBody))
        .Answers(StatusCodes.Status503ServiceUnavailable, typeof(HealthBody));

    private static async Task<JsonHttpResult<HealthBody>> CheckAsync(
        HealthCheckService checks, HttpResponse response, CancellationToken cancellationToken)
    {
        HealthReport report = await checks.CheckHealthAsync(cancellationToken);
        var body = new HealthBody(Word(report.Status), report.Entries.ToDictionary(e => e.Key, e => Word(e.Value.Status), StringComparer.Ordinal));
        if (report.Status == HealthStatus.Healthy)
        {
            return TypedResults.Json(body, ChatJson.Default.HealthBody);
        }

        response.Headers.RetryAfter = "5";
        return TypedResults.Json(body, ChatJson.Default.HealthBody, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "ok" : "unavailable";
}

/// <summary>What answers and what does not.</summary>
/// <param name="Status"><c>ok</c>, or <c>unavailable</c> when a check failed.</param>
/// <param name="Checks">Each check's name and status, in the same two words.</param>
public sealed record HealthBody([property: AllowedValues("ok", "unavailable")] string Status, IReadOnlyDictionary<string, string> Checks);

/// <summary>Storage answers a point read. That the row, or its table, does not exist is an answer.</summary>
internal sealed class TablesHealthCheck(ChatTables tables) : IHealthCheck
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await tables.Users.GetEntityIfExistsAsync<TableEntity>("health", "health", cancellationToken: cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
