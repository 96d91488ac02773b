using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Erasing;

/// <summary>Erasing one's account.</summary>
public static class ErasureEndpoints
{
    public static IServiceCollection AddErasing(this IServiceCollection services)
    {
        services.TryAddSingleton<ErasureJobStore>();
        services.TryAddSingleton<RewritingStore>();
        services.TryAddSingleton<Heirs>();
        services.TryAddSingleton<GroupErasure>();
        services.TryAddSingleton<PairErasure>();
        services.TryAddSingleton<BlockErasure>();
        services.TryAddSingleton<ErasureRun>();
        services.TryAddSingleton<AccountErasure>();
        services.TryAddSingleton<Rewriting>();
        services.TryAddSingleton<ErasureSweep>();
        return services;
    }

    public static void MapErasing(this IEndpointRouteBuilder app) =>
        app.MapDelete("/chat/profile/", EraseAsync).RequireAuthorization().WithTags("accounts")
            .Describe("erase_profile", "Erase the caller's account", Errors.TooManyRequests)
            .WithDescription("Sessions and sockets end at once; memberships go, the caller's groups go to the longest-standing admin, else member, else they are deleted. Messages stay under `deleted user`. The name is free after a day. A wrong password is a 400 about `password`.");

    private static async Task<Results<NoContent, ApiProblem>> EraseAsync(
        Body<EraseRequest> body, Caller caller, HttpContext context, AccountErasure erasure, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(body.Value.Password))
        {
            return ApiProblem.Field("password", "This field is required.");
        }

        await erasure.EraseAsync(caller, body.Value.Password, cancellationToken);
        SessionCookies.Clear(context);
        return TypedResults.NoContent();
    }
}
