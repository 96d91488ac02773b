using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;

namespace ServerlessChat.PrivateChats;

/// <summary>Editing, deleting and reacting to the messages of a pair.</summary>
public sealed class PrivateRevisions(AccountStore accounts, ConversationLog log)
{
    /// <summary>Changes a message. Two reads (the other's account, the message) and one transaction; one read more when this instance does not know the pair.</summary>
    /// <returns>The message as it stands then, and the other's username. 404 for nobody's name and without such a message; 403 for the other's message, and for all but a deletion while one blocks the other.</returns>
    public async Task<Outcome<RevisedMessage>> ReviseAsync(Caller caller, string target, Revision revision, CancellationToken cancellationToken)
    {
        if (Username.Parse(target) is not { } username || await accounts.FindAsync(username, cancellationToken) is not { } other)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        WriteResult result = await log.ReviseAsync(ConversationId.Of(caller.Id, other.Id), version: null, revision, cancellationToken);
        if (result.Outcome is WriteOutcome.Blocked)
        {
            return BlockedPair.Refuse(caller, result.Head!);
        }

        Outcome<Entry> message = RevisionAnswers.Of(result);
        return message.Problem is { } problem ? problem : new RevisedMessage(message.Value, other.Username);
    }
}

/// <param name="Other">The other of the pair.</param>
public sealed record RevisedMessage(Entry Message, Username Other);
