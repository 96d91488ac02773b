using Microsoft.Extensions.Options;
using ServerlessChat.WebPubSub.Wire;

namespace ServerlessChat.Hosting;

/// <summary>Section <c>WebPubSub</c>: the service that holds the sockets. With neither of the first two, there are none: messages are stored and read over HTTP.</summary>
public sealed class WebPubSubOptions
{
    public const string Section = "WebPubSub";

    /// <summary>With an access key: for emulators. Events are then authenticated by their signature.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The service's address, <c>https://(name).webpubsub.azure.com</c>, reached with the app's managed identity.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Another key whose signature under events is good too, while keys are being rotated. Never logged.</summary>
    public string? SecondaryAccessKey { get; set; }

    /// <summary>
    /// Who issues the tokens of Web PubSub's own identity, <c>https://login.microsoftonline.com/(tenant)/v2.0</c>. Needed with <see cref="Endpoint"/>, and with it
    /// the next two.
    /// </summary>
    public string? EventAuthority { get; set; }

    /// <summary>What the event handler's settings name as <c>auth.managedIdentity.resource</c>.</summary>
    public string? EventAudience { get; set; }

    /// <summary>The object id of Web PubSub's identity.</summary>
    public string? EventCaller { get; set; }

    /// <summary>Further host names of the service that may send events (custom domain, replicas), separated by commas.</summary>
    public string? EventHosts { get; set; }

    /// <summary>
    /// Origins of pages (<c>https://chat.example.org</c>), separated by commas, that may open a socket directly with the session's cookie. The gateway's own origin
    /// always may.
    /// </summary>
    public string? SocketOrigins { get; set; }

    /// <summary>
    /// How long one call may take with its repeats; then the frame is dropped, and who misses it finds the message by its id. A sender over HTTP waits as long. Default 3 s; 100 ms to 20 s.
    /// </summary>
    [DurationRange("00:00:00.1", "00:00:20")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Where the service is; null when there is none.</summary>
    public Uri? ServiceUri() => (ConnectionString, Endpoint) switch
    {
        ({ Length: > 0 } connectionString, _) => ServiceAddress.Parse(connectionString).Endpoint,
        (_, { Length: > 0 } endpoint) => new Uri(endpoint),
        _ => null,
    };

    /// <summary><see cref="EventHosts"/>, one by one.</summary>
    public string[] EventHostNames() => Split(EventHosts);

    /// <summary><see cref="SocketOrigins"/>, one by one.</summary>
    public string[] SocketOriginNames() => Split(SocketOrigins);

    private static string[] Split(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

[OptionsValidator]
internal sealed partial class WebPubSubOptionsValidator : IValidateOptions<WebPubSubOptions>;
