using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Sockets;

/// <summary>Addresses 9 to 11 of the API document as negotiation, and the event handler.</summary>
public static class SocketEndpoints
{
    /// <summary>Web PubSub's own limit of a frame, and a little. What is over ours is read all the same, to be answered in words.</summary>
    private const int MaxEventSize = 1280 * 1024;

    /// <summary>Web PubSub's patience is not documented; a sender must get an error frame before it ends.</summary>
    private static readonly TimeSpan EventTimeLimit = TimeSpan.FromSeconds(20);

    private static readonly ErrorKind[] EventErrors = [Errors.InvalidRequest, Errors.InvalidJson, Errors.NotSignedIn, Errors.Forbidden, Errors.CrossSite, Errors.NotFound];

    public static void MapSockets(this IEndpointRouteBuilder app)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Post];
        RouteGroupBuilder sockets = app.MapGroup("/ws").WithTags("sockets").RequireAuthorization();
        sockets.MapMethods("/chat/{slug}/", methods, GroupAsync).Describe("group_socket", "Get a socket of a group", Errors.NotFound);
        sockets.MapMethods("/private_chat/{username}/", methods, PrivateAsync).Describe("private_chat_socket", "Get a socket of a private chat", Errors.NotFound);
        sockets.MapMethods("/notifications/{username}/", methods, NotificationsAsync)
            .Describe("notifications_socket", "Get the caller's socket of notifications", Errors.Forbidden);

        RouteGroupBuilder events = app.MapGroup("/webpubsub").WithTags("sockets");
        events.MapMethods("/events", [HttpMethods.Options], Validate)
            .Describe("validate_event_handler", "The handshake of Web PubSub: whether it may call", Errors.InvalidRequest);
        events.MapPost("/events", HandleAsync)
            .Describe("handle_event", "An event of Web PubSub, as CloudEvents in binary mode", EventErrors).WithWebPubSubSecurity()
            .WithDescription("Signed by Web PubSub (`ce-signature`, or its Entra token). Only `connect` is ever refused; a message is answered with success whatever comes of it.")
            .Answers(StatusCodes.Status200OK, typeof(object))
            .Answers(StatusCodes.Status204NoContent)
            .WithMetadata(new RequestSizeLimitAttribute(MaxEventSize), HostingServices.TimeLimit(EventTimeLimit));
    }

    private static async Task<Results<Ok<NegotiationResponse>, ApiProblem>> GroupAsync(
        string slug, Caller caller, Negotiation negotiation, CancellationToken cancellationToken) =>
        (await negotiation.NegotiateAsync(new SocketTicket(caller, Channel.Group, slug), cancellationToken)).ToOk();

    private static async Task<Results<Ok<NegotiationResponse>, ApiProblem>> PrivateAsync(
        string username, Caller caller, Negotiation negotiation, CancellationToken cancellationToken) =>
        (await negotiation.NegotiateAsync(new SocketTicket(caller, Channel.Private, username), cancellationToken)).ToOk();

    private static async Task<Results<Ok<NegotiationResponse>, ApiProblem>> NotificationsAsync(
        string username, Caller caller, Negotiation negotiation, CancellationToken cancellationToken) =>
        (await negotiation.NegotiateAsync(new SocketTicket(caller, Channel.Notifications, username), cancellationToken)).ToOk();

    private static Results<Ok, ApiProblem> Validate(HttpRequest request, HttpResponse response, SocketEvents events) => events.Validate(request, response);

    private static Task<IResult> HandleAsync(HttpRequest request, SocketEvents events, CancellationToken cancellationToken) =>
        events.HandleAsync(request, cancellationToken);
}
