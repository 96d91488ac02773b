using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Signals;

/// <summary>What is told and is no entry of a log, over HTTP: read positions, typing, presence.</summary>
public static class SignalEndpoints
{
    public static IServiceCollection AddSignals(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<SignalOptions>, SignalOptionsValidator>();
        services.AddOptions<SignalOptions>().Bind(configuration.GetSection(SignalOptions.Section)).ValidateOnStart();
        services.TryAddSingleton<SignalRate>();
        services.TryAddSingleton<SignalPublisher>();
        services.TryAddSingleton<SignalFrames>();
        services.TryAddSingleton<PairPositions>();
        services.TryAddSingleton<GroupReads>();
        services.TryAddSingleton<PairReads>();
        services.TryAddSingleton<Typing>();
        services.TryAddSingleton<OpenSockets>();
        services.TryAddSingleton<Presence>();
        services.TryAddSingleton<PresenceAudience>();
        services.TryAddSingleton<PresenceNews>();
        return services;
    }

    public static void MapSignals(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/chat/group/{slug}/").RequireAuthorization();
        group.MapPost("read/", MarkGroupReadAsync);
        group.MapPost("typing/", TypeInGroupAsync);
        group.MapGet("presence/", ReadGroupPresenceAsync);
        MapPrivate(app, "/chat/chat/private/{username}/");
        MapPrivate(app, "/chat/private/{username}/");
    }

    private static void MapPrivate(IEndpointRouteBuilder app, string route)
    {
        RouteGroupBuilder chat = app.MapGroup(route).RequireAuthorization();
        chat.MapPost("read/", MarkPrivateReadAsync);
        chat.MapPost("typing/", TypeInPrivateAsync);
        chat.MapGet("presence/", ReadPresenceAsync);
    }

    private static async Task<Results<NoContent, ApiProblem>> MarkGroupReadAsync(
        string slug, Body<ReadRequest> body, Caller caller, GroupReads reads, CancellationToken cancellationToken) =>
        NoContentOr(await reads.MarkAsync(caller, slug, body.Value.Id, cancellationToken));

    private static async Task<Results<NoContent, ApiProblem>> MarkPrivateReadAsync(
        string username, Body<ReadRequest> body, Caller caller, PairReads reads, CancellationToken cancellationToken) =>
        NoContentOr(await reads.MarkAsync(caller, username, body.Value.Id, cancellationToken));

    private static async Task<Results<NoContent, ApiProblem>> TypeInGroupAsync(string slug, Caller caller, Typing typing, CancellationToken cancellationToken) =>
        NoContentOr(await typing.InGroupAsync(caller, slug, cancellationToken));

    private static async Task<Results<NoContent, ApiProblem>> TypeInPrivateAsync(string username, Caller caller, Typing typing, CancellationToken cancellationToken) =>
        NoContentOr(await typing.InPairAsync(caller, username, cancellationToken));

    private static async Task<Results<Ok<GroupPresenceResponse>, ApiProblem>> ReadGroupPresenceAsync(
        string slug, Caller caller, Presence presence, CancellationToken cancellationToken) =>
        (await presence.OfGroupAsync(caller, slug, cancellationToken)).ToOk();

    private static async Task<Results<Ok<PresenceResponse>, ApiProblem>> ReadPresenceAsync(
        string username, Caller caller, Presence presence, CancellationToken cancellationToken) =>
        (await presence.OfPersonAsync(caller, username, cancellationToken)).ToOk();

    private static Results<NoContent, ApiProblem> NoContentOr(ApiProblem? problem) => problem is null ? TypedResults.NoContent() : problem;
}
