using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.OpenApi;

namespace ServerlessChat.PrivateChats;

/// <summary>Addresses of a private chat's single messages.</summary>
public static class PrivateRevisionEndpoints
{
    public static void MapPrivateRevisions(this IEndpointRouteBuilder app)
    {
        Map(app, "/chat/chat/private/{username}/messages/{id}", "");
        Map(app, "/chat/private/{username}/messages/{id}", "_alias");
    }

    /// <param name="ending">Of the operations' ids in the API's document.</param>
    private static void Map(IEndpointRouteBuilder app, string route, string ending)
    {
        RouteGroupBuilder message = app.MapGroup(route).WithTags("private chats").RequireAuthorization();
        message.MapPatch("/", EditAsync)
            .Describe($"edit_private_message{ending}", "Edit a message; its writer", Errors.Forbidden, Errors.Blocked, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("The same text again changes nothing.");
        message.MapDelete("/", DeleteAsync)
            .Describe($"delete_private_message{ending}", "Delete a message; its writer", Errors.Forbidden, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("Its text is gone from storage at once; a gap stays. A message that is deleted already stays so.");
        message.MapPut("/reactions/{emoji}/", PutReactionAsync)
            .Describe($"put_private_reaction{ending}", "React to a message", Errors.InvalidRequest, Errors.Blocked, Errors.NotFound, Errors.TooManyReactions, Errors.TooManyRequests);
        message.MapDelete("/reactions/{emoji}/", RemoveReactionAsync)
            .Describe($"remove_private_reaction{ending}", "Take a reaction back", Errors.InvalidRequest, Errors.Blocked, Errors.NotFound, Errors.TooManyRequests);
    }

    private static async Task<Results<Ok<MessageResponse>, ApiProblem>> EditAsync(
        string username, string id, Body<EditRequest> body, Caller caller, RevisionRequests requests, PrivateRevisions revisions, CancellationToken cancellationToken)
    {
        Outcome<Edit> edit = requests.Edit(caller, id, body.Value);
        if (edit.Problem is { } wrong)
        {
            return wrong;
        }

        Outcome<RevisedMessage> revised = await revisions.ReviseAsync(caller, username, edit.Value, cancellationToken);
        return revised.Problem is { } problem
            ? problem
            : TypedResults.Ok(MessageResponse.InPrivate(revised.Value.Message, revised.Value.Other.Text, caller.Id));
    }

    private static async Task<Results<NoContent, ApiProblem>> DeleteAsync(
        string username, string id, Caller caller, RevisionRequests requests, PrivateRevisions revisions, CancellationToken cancellationToken)
    {
        Outcome<Deletion> deletion = requests.Delete(caller, id);
        return deletion.Problem is { } wrong ? wrong : (await revisions.ReviseAsync(caller, username, deletion.Value, cancellationToken)).ToNoContent();
    }

    private static Task<Results<NoContent, ApiProblem>> PutReactionAsync(
        string username, string id, string emoji, Caller caller, RevisionRequests requests, PrivateRevisions revisions, CancellationToken cancellationToken) =>
        ReactAsync(username, requests.React(caller, id, emoji, removes: false), caller, revisions, cancellationToken);

    private static Task<Results<NoContent, ApiProblem>> RemoveReactionAsync(
        string username, string id, string emoji, Caller caller, RevisionRequests requests, PrivateRevisions revisions, CancellationToken cancellationToken) =>
        ReactAsync(username, requests.React(caller, id, emoji, removes: true), caller, revisions, cancellationToken);

    private static async Task<Results<NoContent, ApiProblem>> ReactAsync(
        string username, Outcome<React> reaction, Caller caller, PrivateRevisions revisions, CancellationToken cancellationToken) => reaction.Problem is { } wrong
            ? wrong
            : (await revisions.ReviseAsync(caller, username, reaction.Value, cancellationToken)).ToNoContent();
}
