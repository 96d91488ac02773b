using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Groups;

/// <summary>Sending to a group and reading its log.</summary>
public sealed class GroupMessages(GroupStore groups, InboxStore inbox, ConversationLog log, TimeProvider time)
{
    /// <summary>
    /// Appends a message. Whoever posts to a public group becomes a member with it. One read (the member) and one transaction, when this
    /// instance knows the group; one read more when it does not.
    /// </summary>
    public async Task<Outcome<WriteResult>> SendAsync(Caller caller, string slug, string text, string? clientId, CancellationToken cancellationToken)
    {
        if (Slug.Parse(slug) is not { } parsed)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        var message = new NewMessage(caller.Id, caller.Username.Text, text, clientId);
        Group? known = groups.Known(parsed);
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++, known = null)
        {
            if ((known ?? await groups.ReadAsync(parsed, cancellationToken)) is not { } group)
            {
                return ApiProblem.Of(Errors.NotFound);
            }

            Member? member = await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken);
            if (member is null && !group.IsPublic)
            {
                if (known is null)
                {
                    return ApiProblem.Of(Errors.NotFound);
                }

                continue;
            }

            if (member is null && await inbox.DoubtAsync(caller.Id, caller.Username, group.Id, group.Slug, DoubtCause.Addition, cancellationToken) is null)
            {
                return ApiProblem.Of(Errors.NotSignedIn);
            }

            Member? joining = member is null ? new Member(caller.Id, caller.Username, GroupRole.Member, time.GetUtcNow()) : null;
            WriteResult result = await log.AppendAsync(
                group.Head, message, joining?.ToRow(group.Head.Id.Partition, group.Id.Value), cancellationToken);
            if (result.Outcome is WriteOutcome.Done or WriteOutcome.Repeated)
            {
                return result;
            }
        }

        return ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
    }

    /// <summary>The group and a page of its log. Two reads and one query at most.</summary>
    public async Task<Outcome<GroupPageResponse>> ReadAsync(Caller caller, string slug, PageRequest request, CancellationToken cancellationToken)
    {
        if (Slug.Parse(slug) is not { } parsed || await groups.ReadAsync(parsed, cancellationToken) is not { } group)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        // A public group's page is read at the same time; a private one's only for its members.
        Task<MessagePage>? early = group.IsPublic ? MessagePage.ReadAsync(log, group.Head, request, cancellationToken) : null;
        Task<Member?> reading = groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken);
        await Task.WhenAll(reading, early ?? Task.CompletedTask);
        Member? member = await reading;
        if (member is null && !group.IsPublic)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        MessagePage page = await (early ?? MessagePage.ReadAsync(log, group.Head, request, cancellationToken));
        return new GroupPageResponse(
            GroupResponse.Of(group, member?.Role), [.. page.Entries.Select(MessageResponse.InGroup)], page.Before, page.LastId, page.More);
    }

    /// <summary>Moves the caller's read position forward; null when done. Members only: nobody else has one.</summary>
    public async Task<ApiProblem?> MarkReadAsync(Caller caller, string slug, long? id, CancellationToken cancellationToken)
    {
        if (await groups.ReadAccessAsync(caller, slug, cancellationToken) is not { } access)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        if (access.Member is null)
        {
            return ApiProblem.Of(Errors.Forbidden);
        }

        if (ReadRules.Check(id, access.Group.Head.LastId) is { } wrong)
        {
            return wrong;
        }

        GroupId group = access.Group.Id;
        if (await inbox.MarkGroupReadAsync(caller.Username, group, id!.Value, cancellationToken))
        {
            return null;
        }

        // A member without an inbox row: a change was cut off and its row settled away. Make the row, in doubt as any new one, and go on.
        await inbox.DoubtAsync(caller.Id, caller.Username, group, access.Group.Slug, DoubtCause.Addition, cancellationToken);
        await inbox.MarkGroupReadAsync(caller.Username, group, id.Value, cancellationToken);
        return null;
    }
}
