using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>A message that may be sent: it keeps the rules, and its sender is not too fast.</summary>
/// <param name="Text">Trimmed.</param>
public sealed record Draft(string Text, string? ClientId)
{
    public NewMessage By(Caller sender) => new(sender.Id, sender.Username.Text, Text, ClientId);
}

/// <summary>The one gate that every message passes, whichever way it comes.</summary>
public sealed class Drafts(SendRate rate)
{
    /// <summary>The draft; a 400 that names the fields; or 429.</summary>
    public Outcome<Draft> Accept(Caller sender, PostMessageRequest request)
    {
        if (MessageRules.Check(request.Message, request.ClientId, out string text) is { } wrong)
        {
            return wrong;
        }

        return rate.Take(sender.Id) is { } wait
            ? ApiProblem.Of(Errors.TooManyRequests, retryAfter: wait)
            : new Draft(text, request.ClientId);
    }
}
