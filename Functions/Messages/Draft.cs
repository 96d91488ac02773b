using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>A message that may be sent: it keeps the rules, and its sender is not too fast.</summary>
/// <param name="Text">Trimmed.</param>
/// <param name="ReplyTo">1 or more; whether the log has it, its writer says.</param>
public sealed record Draft(string Text, string? ClientId, long? ReplyTo)
{
    public NewMessage By(Caller sender) => new(sender.Id, sender.Username.Text, Text, ClientId, ReplyTo);
}

/// <summary>The one gate that every message passes, whichever way it comes.</summary>
public sealed class Drafts(SendRate rate)
{
    /// <summary>The draft; a 400 that names the fields; or 429.</summary>
    public Outcome<Draft> Accept(Caller sender, PostMessageRequest request)
    {
        if (MessageRules.Check(request, out string text) is { } wrong)
        {
            return wrong;
        }

        return TooFast(sender) is { } problem ? problem : new Draft(text, request.ClientId, request.ReplyTo);
    }

    /// <summary>Counts one entry that is no message: an edit, a deletion, a reaction. Null: it may be made; otherwise 429.</summary>
    public ApiProblem? TooFast(Caller sender) => rate.Take(sender.Id) is { } wait ? ApiProblem.Of(Errors.TooManyRequests, retryAfter: wait) : null;
}
