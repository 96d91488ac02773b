using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Hosting;
using ServerlessChat.Signals;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Sockets;

/// <summary>The event handler that Web PubSub calls: authenticates the call, reads it, hands it on.</summary>
internal sealed partial class SocketEvents(
    EventAuthenticator authenticator,
    SocketIdentity identity,
    SocketAccess access,
    SocketMessages messages,
    SocketReview review,
    PresenceNews presence,
    ILogger<SocketEvents> logger)
{
    /// <summary>Bytes of a message's payload; the same as of a body over HTTP.</summary>
    private const int MaxMessageSize = CustomHandler.MaxBodySize;

    /// <summary>The validation handshake: our service may call, no other.</summary>
    public Results<Ok, ApiProblem> Validate(HttpRequest request, HttpResponse response)
    {
        if (authenticator.AllowedOrigin(request.Headers["WebHook-Request-Origin"]) is not { } origin)
        {
            Log.OriginRefused(logger, request.Headers["WebHook-Request-Origin"].ToString());
            return ApiProblem.Field("WebHook-Request-Origin", "This is not the Web PubSub service that this app is configured for.");
        }

        response.Headers["WebHook-Allowed-Origin"] = origin;
        return TypedResults.Ok();
    }

    /// <summary>An event. Only a <c>connect</c> is ever refused; a message is answered with success whatever comes of it.</summary>
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await authenticator.IsAuthenticAsync(request, cancellationToken))
        {
            Log.NotAuthentic(logger);
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        switch (await WebPubSubEventReader.ReadAsync(request, MaxMessageSize, cancellationToken))
        {
            case ConnectEventRequest connect:
                return await ConnectAsync(connect, cancellationToken);
            case UserEventRequest message:
                return await messages.HandleAsync(message, cancellationToken);
            case ConnectedEventRequest connected:
                if (await review.ReviewAsync(connected.ConnectionContext, cancellationToken) is { } socket)
                {
                    await presence.CameAsync(connected.ConnectionContext, socket, cancellationToken);
                }

                return TypedResults.NoContent();
            case DisconnectedEventRequest disconnected:
                await presence.WentAsync(disconnected.ConnectionContext, cancellationToken);
                return TypedResults.NoContent();
            default:
                return ApiProblem.Of(Errors.InvalidRequest, "This is no event of Web PubSub that this app knows.");
        }
    }

    private async Task<IResult> ConnectAsync(ConnectEventRequest connect, CancellationToken cancellationToken)
    {
        Outcome<SocketTicket> ticket = await identity.IdentifyAsync(connect);
        if (ticket.Problem is { } stranger)
        {
            return stranger;
        }

        Outcome<ConnectEventResponse> opened = await access.OpenAsync(ticket.Value, cancellationToken);
        return opened.Problem is { } refused ? refused : opened.Value;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The validation handshake of {Origin} was refused: it is not the Web PubSub service of this app.")]
        public static partial void OriginRefused(ILogger logger, string origin);

        [LoggerMessage(2, LogLevel.Warning, "A call of the event handler was refused: its signature or token is not that of our Web PubSub service.")]
        public static partial void NotAuthentic(ILogger logger);
    }
}
