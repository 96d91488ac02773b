using System.Security.Cryptography;
using ServerlessChat.Doctor.Net;
using ServerlessChat.WebPubSub.Wire;

namespace ServerlessChat.Doctor.Checks;

/// <summary>The event handler takes what our Web PubSub signed, and nothing else.</summary>
internal sealed class EventsCheck : ICheck
{
    public string Name => "events";

    public IReadOnlyList<string> Needs => ["handshake"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        string stranger = RandomNumberGenerator.GetHexString(32);
        HttpReply[] strangers = [await SendAsync(examination, key: null, cancellationToken), await SendAsync(examination, stranger, cancellationToken)];
        List<Finding> findings = [.. strangers.Where(reply => reply.Status is not 401).Take(1).Select(ExplainOpen)];
        string? key = examination.WebPubSub.ConnectionString is { Length: > 0 } text ? ServiceAddress.Parse(text).AccessKey : null;
        if (key is not null && await SendAsync(examination, key, cancellationToken) is { Status: < 200 or >= 300 } refused)
        {
            findings.Add(ExplainRefused(refused));
        }

        return (findings, key) switch
        {
            ([], null) => Diagnosis.Skipped(
                "unsigned events get 401, as they should; one with the token of Web PubSub's own identity can't be made from here: the sockets below show whether those are taken"),
            ([], _) => Diagnosis.Ok("a signed event is taken; unsigned and wrongly signed ones get 401"),
            _ => Diagnosis.Failed(findings),
        };
    }

    private static async Task<HttpReply> SendAsync(Examination examination, string? key, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = DisconnectedEvent.Create(examination, key);
        return await examination.Http.SendAsync(request, cancellationToken);
    }

    private static Finding ExplainOpen(HttpReply reply) => new(
        "401 for an event without Web PubSub's signature",
        reply.Summary,
        reply.Status is >= 200 and < 300
            ? "SECURITY: anybody can send events in the name of anybody. What answers at /webpubsub/events is not this app, or something before it signs for strangers: take it off the net until that is found."
            : "SECURITY: it is not the app's signature check that answers. See what takes POST /webpubsub/events: a proxy, another function of that route, methods in function.json without post.");

    private static Finding ExplainRefused(HttpReply reply) => new(
        "a signed disconnected event is answered 2xx",
        reply.Summary,
        reply.Status switch
        {
            401 => "The app has another access key than doctor: of another resource, or from before a regeneration. Give both the same WebPubSub__ConnectionString; while keys rotate, WebPubSub__SecondaryAccessKey.",
            403 => Gate.Remedy,
            404 or 405 => "The function is there for OPTIONS but not for POST: its function.json must list both, or no methods.",
            _ => "The app takes the signature but not the event: its version differs from doctor's, or it failed; look at its log.",
        });
}
