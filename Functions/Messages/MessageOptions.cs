using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Messages;

/// <summary>Section <c>Messages</c>: how fast one person may send, over HTTP and sockets together, in each instance.</summary>
public sealed class MessageOptions
{
    public const string Section = "Messages";

    /// <summary>Messages a second that one account may send in the long run. Default 10; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int SendsPerSecond { get; set; } = 10;

    /// <summary>Messages that one account may send at once before <see cref="SendsPerSecond"/> holds. Default 50; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int SendBurst { get; set; } = 50;
}

[OptionsValidator]
internal sealed partial class MessageOptionsValidator : IValidateOptions<MessageOptions>;
