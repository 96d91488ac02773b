using Microsoft.Extensions.Options;
using ServerlessChat.WebPubSub.Wire;

namespace ServerlessChat.Hosting;

/// <summary>What belongs together, and what has to be an address. Each failure names its setting and shows no value.</summary>
internal sealed class WebPubSubAddressValidator : IValidateOptions<WebPubSubOptions>
{
    public ValidateOptionsResult Validate(string? name, WebPubSubOptions options)
    {
        string[] problems = [.. new[] { ExplainService(options), ExplainEvents(options), ExplainHosts(options), ExplainOrigins(options) }.OfType<string>()];
        return problems is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Select(problem => $"Web PubSub: {problem}"));
    }

    internal static bool HasEvents(WebPubSubOptions options) => EventSettings(options).All(setting => !string.IsNullOrEmpty(setting));

    private static string? ExplainService(WebPubSubOptions options) => (options.ConnectionString, options.Endpoint) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => "set one of WebPubSub__ConnectionString and WebPubSub__Endpoint, not both.",
        ({ Length: > 0 } connectionString, _) => Explain(connectionString),
        (_, { Length: > 0 } endpoint) when !IsAddress(endpoint, "https") => "WebPubSub__Endpoint is not an https address.",
        _ => null,
    };

    private static string? Explain(string connectionString)
    {
        try
        {
            ServiceAddress.Parse(connectionString);
            return null;
        }
        catch (FormatException e)
        {
            return $"WebPubSub__ConnectionString: {e.Message}";
        }
    }

    private static string? ExplainEvents(WebPubSubOptions options) => HasEvents(options) switch
    {
        false when !string.IsNullOrEmpty(options.Endpoint) =>
            "with WebPubSub__Endpoint, WebPubSub__EventAuthority, __EventAudience and __EventCaller say whose events are believed; set all three.",
        false when EventSettings(options).Any(setting => !string.IsNullOrEmpty(setting)) =>
            "WebPubSub__EventAuthority, __EventAudience and __EventCaller belong together; set all three, or none.",
        true when !IsAuthority(options.EventAuthority) => "WebPubSub__EventAuthority is not an https address.",
        _ => null,
    };

    private static string?[] EventSettings(WebPubSubOptions options) => [options.EventAuthority, options.EventAudience, options.EventCaller];

    private static string? ExplainHosts(WebPubSubOptions options) => options.EventHostNames().All(IsHost)
        ? null
        : "WebPubSub__EventHosts holds host names (chat.example.org, localhost:8080), separated by commas, without a scheme or a path.";

    private static string? ExplainOrigins(WebPubSubOptions options) => options.SocketOriginNames().All(IsOrigin)
        ? null
        : "WebPubSub__SocketOrigins holds origins as browsers write them (https://chat.example.org), separated by commas, without a slash at the end or the scheme's own port.";

    // Tests publish keys without TLS.
    private static bool IsAuthority(string? text) => IsAddress(text, "https") || (IsAddress(text, "http") && new Uri(text!).IsLoopback);

    private static bool IsHost(string text) =>
        !text.Any("/?#@\\ ".Contains) && Uri.TryCreate("http://" + text, UriKind.Absolute, out Uri? uri) && uri.Port > 0;

    /// <summary>An origin that is written in another way equals none that a browser sends.</summary>
    private static bool IsOrigin(string text) =>
        (IsAddress(text, "https") || IsAddress(text, "http")) && string.Equals(new Uri(text).GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string? text, string scheme) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Scheme, scheme, StringComparison.Ordinal);
}
