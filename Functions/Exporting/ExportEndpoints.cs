using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Exporting;

/// <summary>Everything of one's own, to take along.</summary>
public static class ExportEndpoints
{
    /// <summary>The longest <see cref="AccountOptions.ExportTime"/>, and what the page that is under way then may take. Azure's front end gives up at 230 s.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(210);

    private const string Description = """
        Each line has a `type`. `profile`, `session` and `block` lines come first; then each conversation, `group`, `left_group` or `private_chat`, with the caller's own messages in it behind it: `message` lines hold what
        a message holds everywhere, `event` lines an edit, a deletion or a reaction, both with `group` (the slug) when they are of a group. The last line is `{"type":"end","lines"}`, or
        `{"type":"more","after","lines"}` when the rest is to be asked for with `after`. An answer without either was cut off.
        """;

    public static IServiceCollection AddExporting(this IServiceCollection services)
    {
        services.TryAddSingleton<ExportReader>();
        services.TryAddSingleton<Export>();
        return services;
    }

    public static void MapExporting(this IEndpointRouteBuilder app) =>
        app.MapGet("/chat/profile/export/", ExportAsync).RequireAuthorization().WithMetadata(HostingServices.TimeLimit(TimeLimit)).WithTags("accounts")
            .Describe("export_profile", "Everything of the caller's own, a JSON object a line", Errors.TooManyRequests)
            .WithDescription(Description)
            .AnswersAs(StatusCodes.Status200OK, ExportAnswer.MediaType);

    private static async Task<Results<ExportAnswer, ApiProblem>> ExportAsync(
        Caller caller, ExportRequest request, Export export, CancellationToken cancellationToken)
    {
        Outcome<ExportAnswer> opened = await export.OpenAsync(caller, request.After, cancellationToken);
        return opened.Problem is { } problem ? problem : opened.Value;
    }
}
