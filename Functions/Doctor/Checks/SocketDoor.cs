using ServerlessChat.Doctor.Net;
using ServerlessChat.Sockets;

namespace ServerlessChat.Doctor.Checks;

/// <param name="Description">How long it took, and where it leads.</param>
internal sealed record OpenedSocket(DoctorSocket Socket, string Description);

/// <summary>Opens a socket as a client does: by negotiation.</summary>
internal static class SocketDoor
{
    /// <param name="path">Of the app, without a slash at its start.</param>
    /// <exception cref="FindingException">It could not be negotiated or opened; or it could be without the app having been asked.</exception>
    public static async Task<OpenedSocket> OpenAsync(Examination examination, string hub, string path, CancellationToken cancellationToken)
    {
        (Uri url, TimeSpan negotiation) = await NegotiateAsync(examination, path, cancellationToken);
        long start = examination.Time.GetTimestamp();
        DoctorSocket socket = await ConnectAsync(examination, hub, url, cancellationToken);
        TimeSpan connection = examination.Time.GetElapsedTime(start);
        await DemandConnectEventAsync(examination, hub, url, cancellationToken);
        return new OpenedSocket(
            socket, $"negotiated in {Shown.Milliseconds(negotiation)}, open in {Shown.Milliseconds(connection)} at {Shown.Text(url.Authority)}, hub {hub}");
    }

    private static async Task<(Uri Url, TimeSpan Took)> NegotiateAsync(Examination examination, string path, CancellationToken cancellationToken)
    {
        HttpReply reply = await examination.Person!.GetAsync(examination, path, cancellationToken);
        return reply.Status is 200 && Uri.TryCreate(reply.Text("url"), UriKind.Absolute, out Uri? url) && url.Scheme is "ws" or "wss"
            ? (url, reply.Took)
            : throw new FindingException("200 and a URL from the negotiation", reply.Summary, RemedyFor(reply));
    }

    private static async Task<DoctorSocket> ConnectAsync(Examination examination, string hub, Uri url, CancellationToken cancellationToken)
    {
        (DoctorSocket? socket, int status) = await DoctorSocket.OpenAsync(url, examination.Arguments.Timeout, examination.Time, cancellationToken);
        return socket is null ? throw new FindingException(SocketRefusal.Explain(examination, hub, url, status)) : examination.Keep(socket);
    }

    /// <summary>
    /// With a ticket that is none, Web PubSub's own token still opens the door; the app, asked by the <c>connect</c> event, must not. A socket that opens all the same
    /// is in no group, and gets in whatever the app would say.
    /// </summary>
    private static async Task DemandConnectEventAsync(Examination examination, string hub, Uri url, CancellationToken cancellationToken)
    {
        string text = url.AbsoluteUri;
        int end = text.IndexOf($"&{SocketIdentity.TicketParameter}=", StringComparison.Ordinal);
        var forged = new Uri($"{(end < 0 ? text : text[..end])}&{SocketIdentity.TicketParameter}=doctor");
        (DoctorSocket? socket, _) = await DoctorSocket.OpenAsync(forged, examination.Arguments.Timeout, examination.Time, cancellationToken);
        if (socket is not null)
        {
            examination.Keep(socket);
            throw new FindingException(
                $"hub {hub} asks the app before it lets a socket in",
                "a socket with a forged ticket was let in",
                $"The settings of hub {hub} lack the system event connect, or belong to a hub of another name: so sockets are in no group and hear nothing. "
                + $"Give the hub named exactly {hub} an event handler with the app's /webpubsub/events, systemEvents connect, connected and disconnected, userEventPattern *.");
        }
    }

    private static string RemedyFor(HttpReply reply) => reply switch
    {
        { Code: "unavailable" } => "The app has no Web PubSub, storage does not answer, or (by identity) Web PubSub makes no token for it: set WebPubSub__* for the app, and see the check health.",
        { Code: "not_signed_in" } => "The app does not take the token that it gave a moment ago: its instances have different Tokens__Keys, or their clocks are apart.",
        { Status: 401 or 403, Code: null } => Gate.Remedy,
        { Status: >= 300 and < 400 } => Gate.RemedyForRedirect(reply),
        { Status: 404 or 405, Code: null } => "The function of this route is not deployed: publish anew; the build writes function.json.",
        _ => "Look at the app's log.",
    };
}
