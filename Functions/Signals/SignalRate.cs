using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Signals;

/// <summary>How fast each person sends signals, in this instance. It is no part of <see cref="SendRate"/>: who reads and types can still send, and the other way round.</summary>
public sealed class SignalRate(IOptions<SignalOptions> options, TimeProvider time)
{
    private readonly Rate<AccountId> _rate = new(TimeSpan.FromSeconds(1) / options.Value.PerSecond, options.Value.Burst, time);

    /// <summary>Counts one signal; false when it is one too many.</summary>
    public bool TryTake(Caller sender) => _rate.Take(sender.Id) is null;

    /// <summary>Counts one signal. Null: it may be sent; otherwise 429, and it was not counted.</summary>
    public ApiProblem? Refuse(Caller sender) =>
        _rate.Take(sender.Id) is { } wait ? ApiProblem.Of(Errors.TooManyRequests, retryAfter: wait) : null;
}
