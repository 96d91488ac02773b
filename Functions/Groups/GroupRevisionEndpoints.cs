using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Groups;

/// <summary>Addresses of a group's single messages.</summary>
public static class GroupRevisionEndpoints
{
    public static void MapGroupRevisions(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder message = app.MapGroup("/chat/group/{slug}/messages/{id}").RequireAuthorization();
        message.MapPatch("/", EditAsync);
        message.MapDelete("/", DeleteAsync);
        message.MapPut("/reactions/{emoji}/", PutReactionAsync);
        message.MapDelete("/reactions/{emoji}/", RemoveReactionAsync);
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
            : NoContentOr(await revisions.ReviseAsync(caller, slug, mayManage => deletion.Value with { MayDeleteAny = mayManage }, cancellationToken));
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
            : NoContentOr(await revisions.ReviseAsync(caller, slug, _ => reaction.Value, cancellationToken));

    private static Results<NoContent, ApiProblem> NoContentOr(Outcome<Entry> message) => message.Problem is { } problem ? problem : TypedResults.NoContent();
}
