using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Groups;

/// <summary>Addresses 1, 3 and 4 of the API document, and what a group needs besides.</summary>
public static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder chat = app.MapGroup("/chat").WithTags("groups").RequireAuthorization();
        chat.MapPost("/create_group/", CreateAsync).Describe("create_group", "Make a group, which the caller owns", Errors.SlugTaken);
        chat.MapMethods("/delete_group/{slug}/", [HttpMethods.Post, HttpMethods.Delete], DeleteAsync)
            .Describe("delete_group", "Delete a group; the owner", Errors.Forbidden, Errors.NotFound);
        chat.MapGet("/groups/", SearchAsync)
            .Describe("groups", "Public groups whose name or slug begins with a text")
            .WithDescription("Letter case and the ways to type a Persian letter make no difference.");
        chat.MapGet("/group/{slug}/", ReadAsync).Describe("group", "A group and a page of its messages", Errors.NotFound);
        chat.MapPost("/group/{slug}/", SendAsync)
            .Describe("send_to_group", "Send a message to a group", Errors.NotFound, Errors.TooManyRequests)
            .WithDescription("Whoever posts to a public group becomes a member with it. With a `client_id` it is safe to repeat.");
        chat.MapPatch("/group/{slug}/", ChangeAsync)
            .Describe("change_group", "Rename a group or change its type; the owner and admins", Errors.Forbidden, Errors.NotFound);
        chat.MapPost("/group/{slug}/join/", JoinAsync).Describe("join_group", "Become a member of a public group", Errors.NotFound);
        chat.MapPost("/group/{slug}/leave/", LeaveAsync).Describe("leave_group", "Leave a group", Errors.NotFound, Errors.OwnerMustHandOver);
        chat.MapGet("/group/{slug}/members/", ReadMembersAsync).Describe("members", "A page of the members", Errors.NotFound);
        chat.MapPut("/group/{slug}/members/{username}/", PutMemberAsync)
            .Describe("put_member", "Invite somebody or give a member a role", Errors.Forbidden, Errors.Blocked, Errors.NotFound, Errors.OwnerMustHandOver)
            .WithDescription("The owner and admins invite; the owner gives roles. The role `owner` hands the group over. Who blocks the caller can't be invited by them.");
        chat.MapDelete("/group/{slug}/members/{username}/", RemoveMemberAsync)
            .Describe("remove_member", "Remove a member", Errors.Forbidden, Errors.NotFound, Errors.OwnerMustHandOver)
            .WithDescription("Admins remove members, the owner anyone else, anyone themselves.");
    }

    private static async Task<Results<Created<GroupResponse>, ApiProblem>> CreateAsync(
        Body<CreateGroupRequest> body, Caller caller, GroupLife life, CancellationToken cancellationToken) =>
        (await life.CreateAsync(caller, body.Value, cancellationToken)).ToCreated();

    private static async Task<Ok<DirectoryPageResponse>> SearchAsync(
        DirectoryRequest request, Caller caller, DirectoryReader directory, CancellationToken cancellationToken) =>
        TypedResults.Ok(await directory.SearchAsync(caller, request, cancellationToken));

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
            ? MessageResponse.InGroup(sent.Value.Entry!, caller.Id).ToAnswer(sent.Value.Outcome)
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
