using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.Exporting;

/// <summary>Everything of one's own, to take along.</summary>
public static class ExportEndpoints
{
    /// <summary>The longest <see cref="AccountOptions.ExportTime"/>, and what the page that is under way then may take. Azure's front end gives up at 230 s.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(210);

    public static IServiceCollection AddExporting(this IServiceCollection services)
    {
        services.TryAddSingleton<ExportReader>();
        services.TryAddSingleton<Export>();
        return services;
    }

    public static void MapExporting(this IEndpointRouteBuilder app) =>
        app.MapGet("/chat/profile/export/", ExportAsync).RequireAuthorization().WithMetadata(HostingServices.TimeLimit(TimeLimit))
            .WithTags("accounts").WithName("profile_export").WithSummary("Everything of the caller's own");

    private static async Task<Results<ExportAnswer, ApiProblem>> ExportAsync(
        Caller caller, ExportCursor? after, Export export, CancellationToken cancellationToken)
    {
        Outcome<ExportAnswer> opened = await export.OpenAsync(caller, after, cancellationToken);
        return opened.Problem is { } problem ? problem : opened.Value;
    }
}
