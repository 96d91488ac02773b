using System.Text.Json;
using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>What answers is this app, and nothing stands before it.</summary>
internal sealed class AppCheck : ICheck
{
    private const string Expected = "ServerlessChat's /health/, open to everyone";

    public string Name => "app";

    public IReadOnlyList<string> Needs => ["address"];

    public Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        HttpReply health = examination.Health!;
        return Task.FromResult(IsOurs(health)
            ? Diagnosis.Ok("it is ServerlessChat")
            : Diagnosis.Failed(new Finding(Expected, $"{health.Summary} from GET /health/", RemedyFor(health))));
    }

    private static bool IsOurs(HttpReply reply) =>
        reply.Status is 200 or 503 && reply.Text("status") is "ok" or "unavailable"
        && reply.Json.TryGetProperty("checks", out JsonElement checks) && checks.ValueKind is JsonValueKind.Object;

    private static string RemedyFor(HttpReply reply) => reply.Status switch
    {
        >= 300 and < 400 => Gate.RemedyForRedirect(reply),
        401 or 403 => Gate.Remedy,
        404 => "Either this is another program, or the functions are not deployed: in Azure, look whether the app lists its functions, and whether host.json sets routePrefix to the empty string.",
        >= 500 => "The Functions host could not start the app: its log names the setting that is wrong in one line (\"The function app can't start: …\").",
        _ => "Another program answers there: check host and port of --url.",
    };
}
