using System.Security.Cryptography;
using System.Text.Json;
using ServerlessChat.Doctor.Net;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Doctor.Checks;

/// <summary>A message on its way, known again by its <c>client_id</c>.</summary>
internal sealed class MessageTrip
{
    private readonly TimeProvider _time;
    private readonly long _start;

    private MessageTrip(TimeProvider time)
    {
        (_time, _start) = (time, time.GetTimestamp());
        Message = new PostMessageRequest("doctor: is this heard?", $"doctor-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
    }

    public PostMessageRequest Message { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public static MessageTrip Start(TimeProvider time) => new(time);

    /// <summary>Whether a frame is this message, or the refusal of it.</summary>
    public bool IsOwn(JsonElement frame) =>
        frame.TryGetProperty("client_id", out JsonElement id) && id.ValueKind is JsonValueKind.String && id.ValueEquals(Message.ClientId);

    /// <summary>Sends a message over a socket and waits until it comes back.</summary>
    /// <exception cref="FindingException">It did not.</exception>
    public static async Task<TimeSpan> ThereAndBackAsync(Examination examination, DoctorSocket socket, string hub, CancellationToken cancellationToken)
    {
        MessageTrip trip = Start(examination.Time);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(trip.Message, ChatJson.Default.PostMessageRequest), cancellationToken);
        JsonElement? frame = await socket.WaitForAsync(trip.IsOwn, cancellationToken);
        TimeSpan took = trip.Elapsed;
        string expected = $"a message over hub {hub} comes back within {examination.Arguments.Timeout.TotalSeconds:F0} s";
        return frame switch
        {
            null => throw new FindingException(expected, socket.End ?? "nothing came", RemedyFor(socket, hub)),
            { } answer when answer.TryGetProperty("error", out JsonElement error) => throw new FindingException(expected, $"the app refused it: {CodeOf(error)}", RemedyFor(error, hub)),
            _ => took,
        };
    }

    private static string RemedyFor(DoctorSocket socket, string hub) => socket.End is not null
        ? $"No event handler of hub {hub} takes the event message, or it failed: set userEventPattern to *, and the handler's URL to the app's /webpubsub/events; if both are so, look at the app's log."
        : $"The event reached nobody, or the app could not publish: set userEventPattern of hub {hub} to *, check the handler's URL, and look for \"Web PubSub: … failed\" in the app's log.";

    private static string RemedyFor(JsonElement error, string hub) => CodeOf(error) switch
    {
        "not_signed_in" => $"The event carried no state of the connection: the settings of hub {hub} lack the system event connect.",
        "unavailable" => "Storage does not answer: see the check health.",
        _ => "docs/errors.md says what the code means; look at the app's log.",
    };

    private static string CodeOf(JsonElement error) =>
        error.ValueKind is JsonValueKind.Object && error.TryGetProperty("code", out JsonElement code) && code.ValueKind is JsonValueKind.String
            ? Shown.Text(code.GetString())
            : "without a code";
}
