using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.PrivateChats;

/// <summary>What somebody is told who writes while one of the two blocks the other.</summary>
internal static class BlockedPair
{
    public const string ByOther = "This person has blocked you.";

    /// <param name="head">The head that says so.</param>
    public static ApiProblem Refuse(Caller caller, ConversationHead head) => ApiProblem.Of(
        Errors.Blocked, head.Blockers.Has(caller.Id) ? "You have blocked this person. Unblock them to write to them." : ByOther);
}
