using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.OpenApi;

namespace ServerlessChat.PrivateChats;

/// <summary>Address 8 of the API document, and its alias.</summary>
public static class PrivateChatEndpoints
{
    public static IServiceCollection AddPrivateChats(this IServiceCollection services)
    {
        services.TryAddSingleton<ReadableChats>();
        services.TryAddSingleton<PrivateMessages>();
        services.TryAddSingleton<PrivateRevisions>();
        return services;
    }

    public static void MapPrivateChats(this IEndpointRouteBuilder app)
    {
        Map(app, "/chat/chat/private/{username}/", "");
        Map(app, "/chat/private/{username}/", "_alias");
    }

    /// <param name="ending">Of the operations' ids in the API's document.</param>
    private static void Map(IEndpointRouteBuilder app, string route, string ending)
    {
        RouteGroupBuilder chat = app.MapGroup(route).WithTags("private chats").RequireAuthorization();
        chat.MapGet("", ReadAsync).Describe($"private_chat{ending}", "A private chat: the other and a page of its messages", Errors.NotFound);
        chat.MapPost("", SendAsync)
            .Describe($"send_to_person{ending}", "Send a message to somebody", Errors.Blocked, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("With a `client_id` it is safe to repeat. While one of the two blocks the other, neither writes.");
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
            ? MessageResponse.InPrivate(sent.Value.Result.Entry!, sent.Value.Recipient.Text, caller.Id).ToAnswer(sent.Value.Result.Outcome)
            : sent.Problem;
    }
}
