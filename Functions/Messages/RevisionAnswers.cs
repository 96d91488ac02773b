using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>What the end of a revision means to who asked for it.</summary>
internal static class RevisionAnswers
{
    /// <summary>Whether there is an answer; otherwise the conversation has changed, and it has to be looked at again.</summary>
    public static bool IsFinal(WriteResult result) => result.Outcome is not (WriteOutcome.Stale or WriteOutcome.Gone);

    /// <summary>The message as it stands, or why it stays as it was. A conversation that is gone has no such message.</summary>
    public static Outcome<Entry> Of(WriteResult result) => result.Outcome switch
    {
        WriteOutcome.Done or WriteOutcome.Unchanged => result.Entry!,
        WriteOutcome.Forbidden => ApiProblem.Of(Errors.Forbidden),
        WriteOutcome.Blocked => ApiProblem.Of(Errors.Blocked),
        WriteOutcome.Full => ApiProblem.Of(Errors.TooManyReactions),
        _ => ApiProblem.Of(Errors.NotFound),
    };
}
