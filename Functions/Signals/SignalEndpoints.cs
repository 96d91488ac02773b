using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Signals;

/// <summary>What is told and is no entry of a log, over HTTP: read positions, typing, presence.</summary>
public static class SignalEndpoints
{
    public static IServiceCollection AddSignals(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<SignalOptions>, SignalOptionsValidator>();
        services.AddOptions<SignalOptions>().Bind(configuration.GetSection(SignalOptions.Section)).ValidateOnStart();
        services.TryAddSingleton<SignalRate>();
        services.TryAddSingleton<PresenceRate>();
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
        RouteGroupBuilder group = app.MapGroup("/chat/group/{slug}/").WithTags("groups").RequireAuthorization();
        group.MapPost("read/", MarkGroupReadAsync)
            .Describe("read_group", "Move the caller's read position forward; members", Errors.Forbidden, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("In a group of at most 50 the others are told. A position that does not go forward changes nothing.");
        group.MapPost("typing/", TypeInGroupAsync)
            .Describe("type_in_group", "Tell the others that the caller is writing; members", Errors.Forbidden, Errors.NotFound)
            .WithDescription("Told once in three seconds, in a group of at most 50; what is too much is dropped without an error.");
        group.MapGet("presence/", ReadGroupPresenceAsync)
            .Describe("group_presence", "Who of a small group is online; members", Errors.Forbidden, Errors.NotFound)
            .WithDescription("At most 5 seconds old. Empty in a group of more than 50.");
        MapPrivate(app, "/chat/chat/private/{username}/", "");
        MapPrivate(app, "/chat/private/{username}/", "_alias");
    }

    /// <param name="ending">Of the operations' ids in the API's document.</param>
    private static void MapPrivate(IEndpointRouteBuilder app, string route, string ending)
    {
        RouteGroupBuilder chat = app.MapGroup(route).WithTags("private chats").RequireAuthorization();
        chat.MapPost("read/", MarkPrivateReadAsync)
            .Describe($"read_private_chat{ending}", "Move the caller's read position forward", Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("The other is told, but not while one of the two blocks the other. A position that does not go forward changes nothing.");
        chat.MapPost("typing/", TypeInPrivateAsync)
            .Describe($"type_in_private_chat{ending}", "Tell the other that the caller is writing", Errors.NotFound)
            .WithDescription("Told once in three seconds, and not before there is a conversation, nor while one of the two blocks the other; what is too much is dropped without an error.");
        chat.MapGet("presence/", ReadPresenceAsync)
            .Describe($"presence{ending}", "Whether the other of a private chat is online", Errors.NotFound)
            .WithDescription("At most 5 seconds old; false while one of the two blocks the other. `not_found` as long as the two have no conversation.");
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
