using Microsoft.Extensions.Options;
using ServerlessChat.Hosting;
using ServerlessChat.Tables;

namespace ServerlessChat.Doctor.Checks;

/// <summary>The settings of Web PubSub and Table Storage, by the rules that the app itself starts by.</summary>
internal sealed class SettingsCheck : ICheck
{
    private const string Expected = "settings that the app can start with (docs/configuration.md)";

    public string Name => "settings";

    public IReadOnlyList<string> Needs => [];

    public Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        IServiceProvider services = examination.Services;
        Finding[] findings =
        [
            .. Try(() => services.GetRequiredService<TableServiceClient>()),
            .. Try(() => examination.WebPubSub = services.GetRequiredService<IOptions<WebPubSubOptions>>().Value),
        ];
        if (findings is [])
        {
            findings = [.. Inspect(examination)];
        }

        return Task.FromResult(findings is [] ? Diagnosis.Ok(Describe(examination)) : Diagnosis.Failed(findings));
    }

    private static IEnumerable<Finding> Try(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return wrong.Failures.Select(failure => new Finding(Expected, failure, "Set it in the environment that doctor runs in, as it is set for the app."));
        }
        catch (InvalidOperationException unreadable)
        {
            // The configuration's own words: they name the setting, and its value only where a number, a time or a flag belongs.
            return [new Finding(Expected, Shown.Text(unreadable.Message), "Write the value as docs/configuration.md shows it.")];
        }
    }

    private static IEnumerable<Finding> Inspect(Examination examination)
    {
        if (examination.WebPubSub.ServiceUri() is not { } service)
        {
            yield return new Finding(
                "WebPubSub__ConnectionString or WebPubSub__Endpoint",
                "neither is set: there is no Web PubSub, and there are no sockets",
                "Set one of them. Doctor reads the settings of its own environment: run it with those of the app (./run.sh doctor does so locally).");
        }
        else if (service.IsLoopback && !examination.Arguments.Url.IsLoopback)
        {
            yield return new Finding(
                "a Web PubSub that the app at --url can reach",
                $"Web PubSub at {Shown.Text(service.Authority)}, this machine, for an app elsewhere",
                "These are the settings of a local run: set those of the deployed app in the environment that doctor runs in.");
        }
    }

    private static string Describe(Examination examination) =>
        $"Web PubSub at {Shown.Text(examination.ServiceUri.Authority)} "
        + (string.IsNullOrEmpty(examination.WebPubSub.ConnectionString) ? "by identity" : "by access key");
}
