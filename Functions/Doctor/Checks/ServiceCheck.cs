using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>Web PubSub answers, whoever asks.</summary>
internal sealed class ServiceCheck : ICheck
{
    public string Name => "service";

    public IReadOnlyList<string> Needs => ["settings"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(examination.ServiceUri, "/api/health"));
        HttpReply reply = await examination.Http.SendAsync(request, cancellationToken);
        examination.ServiceClock = examination.Ahead(reply.Date);
        return reply.Status is 200
            ? Diagnosis.Ok($"Web PubSub answers in {Shown.Milliseconds(reply.Took)}")
            : Diagnosis.Failed(new Finding("200 from HEAD /api/health", reply.Summary, reply.Status switch
            {
                403 => "The network rules of the Web PubSub resource keep this machine out: allow public access or run doctor inside its network.",
                404 => "Another program answers there: check host and port of the Web PubSub settings.",
                _ => "Look at the resource's health in the portal; locally, at the emulator's output.",
            }));
    }
}
