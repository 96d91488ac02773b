using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>The app reaches what it needs.</summary>
internal sealed class HealthCheck : ICheck
{
    public string Name => "health";

    public IReadOnlyList<string> Needs => ["app"];

    public Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        HttpReply health = examination.Health!;
        (string Name, bool IsOk)[] checks =
        [
            .. health.Json.GetProperty("checks").EnumerateObject().Select(check => (Shown.Text(check.Name), check.Value.ValueEquals("ok"))),
        ];
        Finding[] findings = [.. checks.Where(check => !check.IsOk).Select(check => Unavailable(check.Name)), .. Missing(checks)];
        return Task.FromResult(findings is [] ? Diagnosis.Ok(string.Join(", ", checks.Select(check => $"{check.Name} ok"))) : Diagnosis.Failed(findings));
    }

    private static Finding Unavailable(string name) => new($"{name}: ok", $"{name}: unavailable, says /health/", name switch
    {
        "storage" =>
            "The app does not reach Table Storage: check Tables__* and that the account exists; by identity, that it has the role Storage Table Data Contributor; the account's firewall; locally, that Azurite runs.",
        "web_pubsub" =>
            "The app's signed call to Web PubSub fails: check the app's own WebPubSub__* (key regenerated? local authentication disabled?), the role Web PubSub Service Owner of its identity, and the network between the two.",
        _ => "Look at the app's log.",
    });

    private static IEnumerable<Finding> Missing((string Name, bool IsOk)[] checks)
    {
        if (!checks.Any(check => check.Name is "web_pubsub"))
        {
            yield return new Finding(
                "a check of the name web_pubsub",
                "the app has no Web PubSub configured",
                "Set WebPubSub__ConnectionString or WebPubSub__Endpoint for the app (not only for doctor), and start it again.");
        }
    }
}
