using Azure;
using Azure.Identity;
using ServerlessChat.Doctor.Net;
using ServerlessChat.Hosting;
using ServerlessChat.Sockets;

namespace ServerlessChat.Doctor.Checks;

/// <summary>Web PubSub takes a call that is signed with our key, or that our identity makes.</summary>
internal sealed class CredentialsCheck : ICheck
{
    private const string Expected = "Web PubSub takes a call with our credentials";

    public string Name => "credentials";

    public IReadOnlyList<string> Needs => ["service"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(examination.Arguments.Timeout, examination.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await CallAsync(examination, either.Token);
            return Diagnosis.Ok($"a call with our {(IsByKey(examination) ? "key" : "identity")} was taken{Clocks.Describe(examination.ServiceClock)}");
        }
        catch (RequestFailedException refused)
        {
            return Diagnosis.Failed(Explain(examination, refused.Status));
        }
        catch (AuthenticationFailedException)
        {
            return Diagnosis.Failed(new Finding(
                Expected,
                "no identity to sign in with was found here",
                "On a developer's machine run az login first; in Azure, give the app a managed identity. AZURE_CLIENT_ID names a user-assigned one."));
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            return Diagnosis.Failed(NetworkTrouble.Explain(late, examination.ServiceUri, examination.Arguments.Timeout));
        }
    }

    private static Task<Response<bool>> CallAsync(Examination examination, CancellationToken cancellationToken) =>
        examination.Services.GetRequiredService<WebPubSubConnector>().ToHub!(Channel.Notifications)
            .GroupExistsAsync("doctor", new RequestContext { CancellationToken = cancellationToken });

    private static bool IsByKey(Examination examination) => !string.IsNullOrEmpty(examination.WebPubSub.ConnectionString);

    private static Finding Explain(Examination examination, int status) => new(Expected, status is 0 ? "no answer" : $"{status}", status switch
    {
        401 or 403 when Clocks.AreApart(examination.ServiceClock) =>
            $"This machine's clock is wrong{Clocks.Describe(examination.ServiceClock)}, and tokens hold for minutes: set it by NTP.",
        401 when IsByKey(examination) =>
            "The access key is not one of this resource: it was regenerated, or is another resource's; or local authentication is disabled on the resource, then set "
            + "WebPubSub__Endpoint in place of the connection string.",
        403 when IsByKey(examination) =>
            "Local authentication is disabled on the resource (then set WebPubSub__Endpoint in place of the connection string), or its network rules keep this machine out.",
        401 or 403 =>
            "The identity lacks the role Web PubSub Service Owner on this resource (a new assignment takes some minutes), is of another tenant, or the network rules keep this machine out.",
        _ => "Look at the resource's health in the portal; locally, at the emulator's output.",
    });
}
