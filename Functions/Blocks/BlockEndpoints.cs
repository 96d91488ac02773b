using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Blocks;

/// <summary>Blocking people, and the list of them.</summary>
public static class BlockEndpoints
{
    private const string WhatItDoes = """
        Neither of the two writes, edits or reacts in their private chat then (`blocked`), sees the other type, read or come online in it. What was said stays, and each may delete what they
        said. In groups nothing changes, but that who is blocked can't invite who blocks them. A block that is there already stays as it is.
        """;

    public static IServiceCollection AddBlocks(this IServiceCollection services)
    {
        services.TryAddSingleton<BlockStore>();
        services.TryAddSingleton<BlockList>();
        services.TryAddSingleton<Blocking>();
        services.TryAddSingleton<Unblocking>();
        return services;
    }

    public static void MapBlocks(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder blocks = app.MapGroup("/chat/blocks/").WithTags("private chats").RequireAuthorization();
        blocks.MapGet("", ReadAsync).Describe("blocks", "Whom the caller blocks, the newest first")
            .WithDescription("A display name is as it was when they were blocked.");
        blocks.MapPut("{username}/", BlockAsync)
            .Describe("block", "Block somebody", Errors.InvalidRequest, Errors.NotFound, Errors.TooManyBlocks, Errors.TooManyRequests)
            .WithDescription(WhatItDoes);
        blocks.MapDelete("{username}/", UnblockAsync)
            .Describe("unblock", "Lift a block", Errors.InvalidRequest, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("Where there is none, nothing changes. Somebody erased since has the username that the list shows.");
    }

    private static async Task<Results<Ok<BlockListResponse>, ApiProblem>> ReadAsync(Caller caller, BlockList list, CancellationToken cancellationToken) =>
        (await list.ReadAsync(caller, cancellationToken)).ToOk();

    private static async Task<Results<NoContent, ApiProblem>> BlockAsync(string username, Caller caller, Blocking blocking, CancellationToken cancellationToken) =>
        NoContentOr(await blocking.BlockAsync(caller, username, cancellationToken));

    private static async Task<Results<NoContent, ApiProblem>> UnblockAsync(string username, Caller caller, Unblocking unblocking, CancellationToken cancellationToken) =>
        NoContentOr(await unblocking.UnblockAsync(caller, username, cancellationToken));

    private static Results<NoContent, ApiProblem> NoContentOr(ApiProblem? problem) => problem is null ? TypedResults.NoContent() : problem;
}
