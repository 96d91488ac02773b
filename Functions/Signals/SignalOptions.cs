using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Signals;

/// <summary>Section <c>Signals</c>: how many read positions and typing signals one person may send, over HTTP and sockets together, in each instance.</summary>
public sealed class SignalOptions
{
    public const string Section = "Signals";

    /// <summary>Signals a second that one account may send in the long run. Default 5; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int PerSecond { get; set; } = 5;

    /// <summary>Signals that one account may send at once before <see cref="PerSecond"/> holds. Default 20; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 20;
}

[OptionsValidator]
internal sealed partial class SignalOptionsValidator : IValidateOptions<SignalOptions>;
