using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Groups;

/// <summary>Addresses 1, 3 and 4 of the API document, and what a group needs besides.</summary>
public static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder chat = app.MapGroup("/chat").RequireAuthorization();
        chat.MapPost("/create_group/", CreateAsync);
        chat.MapMethods("/delete_group/{slug}/", [HttpMethods.Post, HttpMethods.Delete], DeleteAsync);
        chat.MapGet("/group/{slug}/", ReadAsync);
        chat.MapPost("/group/{slug}/", SendAsync);
        chat.MapPatch("/group/{slug}/", ChangeAsync);
        chat.MapPost("/group/{slug}/join/", JoinAsync);
        chat.MapPost("/group/{slug}/leave/", LeaveAsync);
        chat.MapGet("/group/{slug}/members/", ReadMembersAsync);
        chat.MapPut("/group/{slug}/members/{username}/", PutMemberAsync);
        chat.MapDelete("/group/{slug}/members/{username}/", RemoveMemberAsync);
    }

    private static async Task<Results<Created<GroupResponse>, ApiProblem>> CreateAsync(
        Body<CreateGroupRequest> body, Caller caller, GroupLife life, CancellationToken cancellationToken) =>
        (await life.CreateAsync(caller, body.Value, cancellationToken)).ToCreated();

    private static async Task<Results<NoContent, ApiProblem>> DeleteAsync(string slug, Caller caller, GroupLife life, CancellationToken cancellationToken) =>
        NoContentOr(await life.DeleteAsync(caller, slug, cancellationToken));

    private static async Task<Results<Ok<GroupResponse>, ApiProblem>> ChangeAsync(
        string slug, Body<ChangeGroupRequest> body, Caller caller, GroupLife life, CancellationToken cancellationToken) =>
        (await life.ChangeAsync(caller, slug, body.Value, cancellationToken)).ToOk();

    private static async Task<Results<Ok<GroupPageResponse>, ApiProblem>> ReadAsync(
        string slug, PageRequest page, Caller caller, GroupMessages messages, CancellationToken cancellationToken) =>
        (await messages.ReadAsync(caller, slug, page, cancellationToken)).ToOk();

    private static async Task<Results<Created<MessageResponse>, Ok<MessageResponse>, ApiProblem>> SendAsync(
        string slug, Body<PostMessageRequest> body, Caller caller, Drafts drafts, GroupMessages messages, CancellationToken cancellationToken)
    {
        Outcome<Draft> draft = drafts.Accept(caller, body.Value);
        if (draft.Problem is { } wrong)
        {
            return wrong;
        }

        Outcome<WriteResult> sent = await messages.SendAsync(caller, slug, draft.Value, cancellationToken);
        return sent.Problem is null
            ? MessageResponse.InGroup(sent.Value.Entry!).ToAnswer(sent.Value.Outcome)
            : sent.Problem;
    }

    private static async Task<Results<NoContent, ApiProblem>> JoinAsync(string slug, Caller caller, Membership membership, CancellationToken cancellationToken) =>
        NoContentOr(await membership.JoinAsync(caller, slug, cancellationToken));

    private static async Task<Results<NoContent, ApiProblem>> LeaveAsync(string slug, Caller caller, Membership membership, CancellationToken cancellationToken) =>
        NoContentOr(await membership.LeaveAsync(caller, slug, cancellationToken));

    private static async Task<Results<Ok<MemberPageResponse>, ApiProblem>> ReadMembersAsync(
        string slug, MemberPageRequest page, Caller caller, Membership membership, CancellationToken cancellationToken) =>
        (await membership.ReadAsync(caller, slug, page, cancellationToken)).ToOk();

    private static async Task<Results<Ok<MemberResponse>, ApiProblem>> PutMemberAsync(
        string slug, string username, Body<PutMemberRequest> body, Caller caller, Membership membership, CancellationToken cancellationToken) =>
        GroupRules.Check(body.Value) is { } wrong
            ? wrong
            : (await membership.PutAsync(caller, slug, username, body.Value.Role, cancellationToken)).ToOk();

    private static async Task<Results<NoContent, ApiProblem>> RemoveMemberAsync(
        string slug, string username, Caller caller, Membership membership, CancellationToken cancellationToken) =>
        NoContentOr(await membership.RemoveAsync(caller, slug, username, cancellationToken));

    private static Results<NoContent, ApiProblem> NoContentOr(ApiProblem? problem) => problem is null ? TypedResults.NoContent() : problem;
}
