using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Groups;

/// <summary>Addresses of a group's single messages.</summary>
public static class GroupRevisionEndpoints
{
    public static void MapGroupRevisions(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder message = app.MapGroup("/chat/group/{slug}/messages/{id}").WithTags("groups").RequireAuthorization();
        message.MapPatch("/", EditAsync)
            .Describe("edit_group_message", "Edit a message; its writer", Errors.Forbidden, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("The same text again changes nothing.");
        message.MapDelete("/", DeleteAsync)
            .Describe("delete_group_message", "Delete a message; its writer, the owner and admins", Errors.Forbidden, Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("Its text is gone from storage at once; a gap stays. A message that is deleted already stays so.");
        message.MapPut("/reactions/{emoji}/", PutReactionAsync)
            .Describe("put_group_reaction", "React to a message", Errors.Forbidden, Errors.InvalidRequest, Errors.NotFound, Errors.TooManyReactions, Errors.TooManyRequests);
        message.MapDelete("/reactions/{emoji}/", RemoveReactionAsync)
            .Describe("remove_group_reaction", "Take a reaction back", Errors.Forbidden, Errors.InvalidRequest, Errors.NotFound, Errors.TooManyRequests);
    }

    private static async Task<Results<Ok<MessageResponse>, ApiProblem>> EditAsync(
        string slug, string id, Body<EditRequest> body, Caller caller, RevisionRequests requests, GroupRevisions revisions, CancellationToken cancellationToken)
    {
        Outcome<Edit> edit = requests.Edit(caller, id, body.Value);
        if (edit.Problem is { } wrong)
        {
            return wrong;
        }

        Outcome<Entry> message = await revisions.ReviseAsync(caller, slug, _ => edit.Value, cancellationToken);
        return message.Problem is { } problem ? problem : TypedResults.Ok(MessageResponse.InGroup(message.Value, caller.Id));
    }

    private static async Task<Results<NoContent, ApiProblem>> DeleteAsync(
        string slug, string id, Caller caller, RevisionRequests requests, GroupRevisions revisions, CancellationToken cancellationToken)
    {
        Outcome<Deletion> deletion = requests.Delete(caller, id);
        return deletion.Problem is { } wrong
            ? wrong
            : (await revisions.ReviseAsync(caller, slug, mayManage => deletion.Value with { MayDeleteAny = mayManage }, cancellationToken)).ToNoContent();
    }

    private static Task<Results<NoContent, ApiProblem>> PutReactionAsync(
        string slug, string id, string emoji, Caller caller, RevisionRequests requests, GroupRevisions revisions, CancellationToken cancellationToken) =>
        ReactAsync(slug, requests.React(caller, id, emoji, removes: false), caller, revisions, cancellationToken);

    private static Task<Results<NoContent, ApiProblem>> RemoveReactionAsync(
        string slug, string id, string emoji, Caller caller, RevisionRequests requests, GroupRevisions revisions, CancellationToken cancellationToken) =>
        ReactAsync(slug, requests.React(caller, id, emoji, removes: true), caller, revisions, cancellationToken);

    private static async Task<Results<NoContent, ApiProblem>> ReactAsync(
        string slug, Outcome<React> reaction, Caller caller, GroupRevisions revisions, CancellationToken cancellationToken) => reaction.Problem is { } wrong
            ? wrong
            : (await revisions.ReviseAsync(caller, slug, _ => reaction.Value, cancellationToken)).ToNoContent();
}
