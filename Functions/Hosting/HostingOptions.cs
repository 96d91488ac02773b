using Microsoft.Extensions.Options;

namespace ServerlessChat.Hosting;

/// <summary>Section <c>Hosting</c>.</summary>
public sealed class HostingOptions
{
    public const string Section = "Hosting";

    /// <summary>
    /// The longest that a request may take; then it gets 503. Default 30 s, bounds 100 ms to 3 min: Azure's front end gives up at 230 s.
    /// </summary>
    [DurationRange("00:00:00.1", "00:03:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;
