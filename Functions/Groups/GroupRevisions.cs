using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;

namespace ServerlessChat.Groups;

/// <summary>Editing, deleting and reacting to the messages of a group.</summary>
public sealed class GroupRevisions(GroupStore groups, ConversationLog log)
{
    /// <summary>
    /// Changes a message; members alone. Two reads (the member's row, none for the owner; the message) and one transaction, when this instance knows the group; one read more when it does not.
    /// </summary>
    /// <param name="make">The revision; whether its maker may delete others' messages.</param>
    /// <returns>The message as it stands then. 404 for somebody who can't see the group, and without such a message; 403 for somebody who is no member, and for others' messages.</returns>
    public async Task<Outcome<Entry>> ReviseAsync(Caller caller, string slug, Func<bool, Revision> make, CancellationToken cancellationToken)
    {
        if (Slug.Parse(slug) is not { } parsed)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        Group? known = groups.Known(parsed);
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++, known = null)
        {
            if ((known ?? await groups.ReadAsync(parsed, cancellationToken)) is not { } group)
            {
                return ApiProblem.Of(Errors.NotFound);
            }

            Member? member = await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken);
            if (member is null && known is null)
            {
                return ApiProblem.Of(group.IsPublic ? Errors.Forbidden : Errors.NotFound);
            }

            if (member is null)
            {
                continue; // Nobody is refused by what this instance remembers.
            }

            WriteResult result = await log.ReviseAsync(group.Head.Id, group.Head.Version, make(member.MayManage), cancellationToken);
            if (RevisionAnswers.IsFinal(result))
            {
                return RevisionAnswers.Of(result);
            }
        }

        return ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
    }
}
