using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.PrivateChats;

/// <summary>Address 8 of the API document, and its alias.</summary>
public static class PrivateChatEndpoints
{
    public static IServiceCollection AddPrivateChats(this IServiceCollection services)
    {
        services.TryAddSingleton<PrivateMessages>();
        return services;
    }

    public static void MapPrivateChats(this IEndpointRouteBuilder app)
    {
        Map(app, "/chat/chat/private/{username}/");
        Map(app, "/chat/private/{username}/");
    }

    private static void Map(IEndpointRouteBuilder app, string route)
    {
        RouteGroupBuilder chat = app.MapGroup(route).RequireAuthorization();
        chat.MapGet("", ReadAsync);
        chat.MapPost("", SendAsync);
    }

    private static async Task<Results<Ok<PrivatePageResponse>, ApiProblem>> ReadAsync(
        string username, PageRequest page, Caller caller, PrivateMessages messages, CancellationToken cancellationToken) =>
        (await messages.ReadAsync(caller, username, page, cancellationToken)).ToOk();

    private static async Task<Results<Created<MessageResponse>, Ok<MessageResponse>, ApiProblem>> SendAsync(
        string username, Body<PostMessageRequest> body, Caller caller, Drafts drafts, PrivateMessages messages, CancellationToken cancellationToken)
    {
        Outcome<Draft> draft = drafts.Accept(caller, body.Value);
        if (draft.Problem is { } wrong)
        {
            return wrong;
        }

        Outcome<PrivateSend> sent = await messages.SendAsync(caller, username, draft.Value, cancellationToken);
        return sent.Problem is null
            ? MessageResponse.InPrivate(sent.Value.Result.Entry!, sent.Value.Recipient.Text).ToAnswer(sent.Value.Result.Outcome)
            : sent.Problem;
    }
}
