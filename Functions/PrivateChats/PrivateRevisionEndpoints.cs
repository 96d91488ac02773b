using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.PrivateChats;

/// <summary>Addresses of a private chat's single messages.</summary>
public static class PrivateRevisionEndpoints
{
    public static void MapPrivateRevisions(this IEndpointRouteBuilder app)
    {
        Map(app, "/chat/chat/private/{username}/messages/{id}");
        Map(app, "/chat/private/{username}/messages/{id}");
    }

    private static void Map(IEndpointRouteBuilder app, string route)
    {
        RouteGroupBuilder message = app.MapGroup(route).RequireAuthorization();
        message.MapPatch("/", EditAsync);
        message.MapDelete("/", DeleteAsync);
        message.MapPut("/reactions/{emoji}/", PutReactionAsync);
        message.MapDelete("/reactions/{emoji}/", RemoveReactionAsync);
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
        return deletion.Problem is { } wrong ? wrong : NoContentOr(await revisions.ReviseAsync(caller, username, deletion.Value, cancellationToken));
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
            : NoContentOr(await revisions.ReviseAsync(caller, username, reaction.Value, cancellationToken));

    private static Results<NoContent, ApiProblem> NoContentOr(Outcome<RevisedMessage> revised) => revised.Problem is { } problem ? problem : TypedResults.NoContent();
}
