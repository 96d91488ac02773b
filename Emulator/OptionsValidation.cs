using Emulator.Hubs;
using Microsoft.Extensions.Options;

namespace Emulator;

/// <summary>Checks the bounds that annotations on the options state.</summary>
[OptionsValidator]
internal sealed partial class BoundsValidator : IValidateOptions<WebPubSubEmulatorOptions>;

/// <summary>Checks hub settings, whose rules are the ARM model's.</summary>
internal static class OptionsValidation
{
    private static readonly string[] SystemEvents = ["connect", "connected", "disconnected"];

    /// <exception cref="OptionsValidationException">Names every setting that is wrong.</exception>
    public static void Validate(WebPubSubEmulatorOptions options)
    {
        var bounds = new BoundsValidator().Validate(null, options);
        var errors = new List<string>(bounds.Failures ?? []);
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not "http")
        {
            errors.Add($"Url '{options.Url}' must be an absolute http address.");
        }

        if (options.PublicEndpoint is { } endpoint && !Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            errors.Add($"PublicEndpoint '{endpoint}' must be an absolute address.");
        }

        foreach (var (name, hub) in options.Hubs)
        {
            errors.AddRange(ErrorsOf(name, hub).Select(error => $"Hub {name}: {error}"));
        }

        if (errors.Count > 0)
        {
            throw new OptionsValidationException(nameof(WebPubSubEmulatorOptions), typeof(WebPubSubEmulatorOptions), errors);
        }
    }

    private static IEnumerable<string> ErrorsOf(string name, HubOptions hub)
    {
        if (name is not "_default" && !Names.IsHub(name))
        {
            yield return "the name must be letters, digits and _`,.[] from a letter, 128 at most.";
        }

        if (hub.AnonymousConnectPolicy.ToLowerInvariant() is not ("allow" or "deny"))
        {
            yield return "anonymousConnectPolicy must be allow or deny.";
        }

        if (hub.WebSocketKeepAliveIntervalInSeconds is < 1 or > 120)
        {
            yield return "webSocketKeepAliveIntervalInSeconds must be 1 to 120.";
        }

        foreach (var error in hub.EventHandlers.SelectMany(ErrorsOf))
        {
            yield return error;
        }
    }

    private static IEnumerable<string> ErrorsOf(EventHandlerOptions handler)
    {
        if (!IsAddress(handler.UrlTemplate))
        {
            yield return $"urlTemplate '{handler.UrlTemplate}' must be an absolute http(s) address without parameters in its host; key vault references and tunnels are not supported.";
        }

        foreach (var name in handler.SystemEvents.Where(name => !SystemEvents.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"systemEvents has no '{name}'.";
        }

        var type = handler.Auth?.Type.ToLowerInvariant();
        if (type is not (null or "none" or "managedidentity"))
        {
            yield return "auth.type must be None or ManagedIdentity.";
        }

        if (type is "managedidentity" && handler.Auth?.ManagedIdentity is not { Resource.Length: > 0 })
        {
            yield return "auth.managedIdentity.resource is required.";
        }
    }

    private static bool IsAddress(string template) =>
        !template.Contains("{@", StringComparison.Ordinal)
        && Uri.TryCreate(template, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && !url.Host.Contains('{', StringComparison.Ordinal);
}
