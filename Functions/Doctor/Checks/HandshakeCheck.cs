using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>The validation handshake of CloudEvents webhooks, as Web PubSub makes it before it calls an event handler.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-web-pubsub/howto-develop-eventhandler">Upstream and validation</seealso>
internal sealed class HandshakeCheck : ICheck
{
    private const string AllowedOrigin = "WebHook-Allowed-Origin";

    public string Name => "handshake";

    public IReadOnlyList<string> Needs => ["settings", "address"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        string host = examination.ServiceHost;
        using var request = new HttpRequestMessage(HttpMethod.Options, examination.At("webpubsub/events"));
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", host);
        request.Headers.TryAddWithoutValidation("ce-awpsversion", "1.0");
        HttpReply reply = await examination.Http.SendAsync(request, cancellationToken);
        (string came, string remedy)? trouble = reply.Status is >= 200 and < 300 ? ExplainSuccess(reply, host) : (reply.Summary, RemedyFor(reply, host));
        return trouble is { } wrong
            ? Diagnosis.Failed(new Finding($"200 with {AllowedOrigin}: {host} from OPTIONS /webpubsub/events", wrong.came, wrong.remedy))
            : Diagnosis.Ok($"OPTIONS /webpubsub/events lets {Shown.Text(host)} in");
    }

    private static (string Came, string Remedy)? ExplainSuccess(HttpReply reply, string host)
    {
        string[] allowed = [.. reply.Headers[AllowedOrigin].SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return allowed switch
        {
            [] => (
                $"{reply.Summary} without {AllowedOrigin}",
                "Something before the app answered the OPTIONS in its place, most often the platform's CORS: remove the entries under CORS of the function app (or those of the proxy before it)."),
            _ when allowed.Any(origin => IsHost(origin, host)) => null,
            _ => ($"{reply.Summary} with {AllowedOrigin}: {Shown.Text(string.Join(", ", allowed))}", RemedyForOther(host)),
        };
    }

    // With or without the port, as the official helpers write it.
    private static bool IsHost(string origin, string host) =>
        origin is "*" || string.Equals(origin.Split(':')[0], host, StringComparison.OrdinalIgnoreCase);

    private static string RemedyFor(HttpReply reply, string host) => reply.Status switch
    {
        >= 300 and < 400 => Gate.RemedyForRedirect(reply),
        400 when reply.Code is not null => RemedyForOther(host),
        401 or 403 => Gate.Remedy,
        404 => "The route is not there: the function webpubsub-events is not deployed, its function.json lists methods without options, or host.json's routePrefix is not the empty string. "
            + "Publish anew; the build writes function.json.",
        405 => "The address is there but takes no OPTIONS: the methods in function.json, or a proxy before the app, leave it out.",
        >= 500 => "The app, or what stands before it, failed: look at its log.",
        _ => "What answers there is not this app: check --url, and what stands before the app.",
    };

    private static string RemedyForOther(string host) =>
        $"The app is configured for another Web PubSub than {Shown.Text(host)}: give both the same WebPubSub__* settings; a custom domain or a replica goes into WebPubSub__EventHosts.";
}
