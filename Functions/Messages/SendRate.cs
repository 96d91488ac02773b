using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;

namespace ServerlessChat.Messages;

/// <summary>How fast each person sends, in this instance: a bucket of <see cref="MessageOptions.SendBurst"/> that fills at <see cref="MessageOptions.SendsPerSecond"/>.</summary>
public sealed class SendRate(IOptions<MessageOptions> options, TimeProvider time)
{
    private readonly Rate<AccountId> _rate = new(TimeSpan.FromSeconds(1) / options.Value.SendsPerSecond, options.Value.SendBurst, time);

    /// <summary>Counts one message. Null: it may be sent; otherwise how long to wait, and it was not counted.</summary>
    public TimeSpan? Take(AccountId sender) => _rate.Take(sender);
}
