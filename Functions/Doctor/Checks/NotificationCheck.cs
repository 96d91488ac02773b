using ServerlessChat.Doctor.Net;
using ServerlessChat.Hosting;

namespace ServerlessChat.Doctor.Checks;

/// <summary>A private message to oneself, sent over HTTP, is heard on the notifications socket.</summary>
internal sealed class NotificationCheck : ICheck
{
    public string Name => "notification";

    public IReadOnlyList<string> Needs => ["notifications socket"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        Person person = examination.Person!;
        var trip = MessageTrip.Start(examination.Time);
        var content = JsonContent.Create(trip.Message, ChatJson.Default.PostMessageRequest);
        HttpReply sent = await person.PostAsync(examination, $"chat/chat/private/{person.Segment}/", content, cancellationToken);
        if (sent.Status is not 201)
        {
            throw new FindingException("201 for a private message to oneself", sent.Summary, "Look at the app's log, and at the check health.");
        }

        DoctorSocket socket = examination.Notifications!;
        return await socket.WaitForAsync(trip.IsOwn, cancellationToken) is not null
            ? Diagnosis.Ok($"a message over HTTP is stored in {Shown.Milliseconds(sent.Took)} and heard on the socket {Shown.Milliseconds(trip.Elapsed)} after it was sent")
            : Diagnosis.Failed(new Finding(
                $"the message's frame on the notifications socket within {examination.Arguments.Timeout.TotalSeconds:F0} s",
                socket.End ?? "the message was stored, and no frame came",
                "The app publishes elsewhere or can't publish: its log says \"Web PubSub: … failed\". Check that the app's Web PubSub is the one of the socket, that the hub is named exactly "
                + "notifications, and that its settings have the system event connect; without that the socket is in no group."));
    }
}
