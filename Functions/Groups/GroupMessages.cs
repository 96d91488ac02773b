using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Signals;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>Sending to a group and reading its log.</summary>
public sealed class GroupMessages(GroupStore groups, InboxStore inbox, ConversationLog log, ILiveGroups live, TimeProvider time)
{
    /// <summary>
    /// Appends a message. Whoever posts to a public group becomes a member with it. One read (the member) and one transaction, when this
    /// instance knows the group; one read more when it does not.
    /// </summary>
    public async Task<Outcome<WriteResult>> SendAsync(Caller caller, string slug, Draft draft, CancellationToken cancellationToken)
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

            WriteResult result = await AppendAsync(caller, group, draft, joins: member is null, cancellationToken);
            switch (result.Outcome)
            {
                case WriteOutcome.Done or WriteOutcome.Repeated:
                    return result;
                case WriteOutcome.Missing:
                    return MessageRules.ReplyToNothing();
            }
        }

        return ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// Appends a message of somebody whose membership was decided on before, at a version of the group. One transaction when nothing has changed since;
    /// otherwise it is decided again, two reads more, and only a member may send.
    /// </summary>
    /// <returns>404 when the group is gone, 403 when the sender is no member any more. Otherwise the result, with the version that its sender's right now stands on.</returns>
    public async Task<Outcome<MemberSend>> SendAsync(Caller caller, ConversationId id, long version, Draft draft, CancellationToken cancellationToken)
    {
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            WriteResult result = await log.AppendAsync(id, version, draft.By(caller), cancellationToken);
            switch (result.Outcome)
            {
                case WriteOutcome.Done or WriteOutcome.Repeated:
                    return new MemberSend(result, version);
                case WriteOutcome.Missing:
                    return MessageRules.ReplyToNothing();
            }

            if (await groups.ReadAsync(id, cancellationToken) is not { } group)
            {
                return ApiProblem.Of(Errors.NotFound);
            }

            if (await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is null)
            {
                return ApiProblem.Of(Errors.Forbidden);
            }

            version = group.Head.Version;
        }

        return ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
    }

    /// <summary>Whoever joins hears their own message too: their sockets are moved before it is published.</summary>
    private Task<WriteResult> AppendAsync(Caller caller, Group group, Draft draft, bool joins, CancellationToken cancellationToken)
    {
        if (!joins)
        {
            return log.AppendAsync(group.Head, draft.By(caller), join: null, follow: null, cancellationToken);
        }

        TableEntity row = new Member(caller.Id, caller.Username, GroupRole.Member, time.GetUtcNow()).ToRow(group.Head.Id.Partition, group.Id.Value);
        return log.AppendAsync(group.Head, draft.By(caller), row, () => live.JoinedAsync(group.Head.Id, caller.Id), cancellationToken);
    }

    /// <summary>The group and a page of its log. Two reads and one query, or one read and two queries where the members' read positions are shown.</summary>
    public async Task<Outcome<GroupPageResponse>> ReadAsync(Caller caller, string slug, PageRequest request, CancellationToken cancellationToken)
    {
        if (Slug.Parse(slug) is not { } parsed || await groups.ReadAsync(parsed, cancellationToken) is not { } group)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        // A public group's page is read at the same time; a private one's only for its members.
        Task<MessagePage>? early = group.IsPublic ? MessagePage.ReadAsync(log, group.Head, request, cancellationToken) : null;
        Task<PageMembers> reading = PageMembers.ReadAsync(groups, group, caller, request, cancellationToken);
        await Task.WhenAll(reading, early ?? Task.CompletedTask);
        (Member? member, IReadOnlyList<ReadResponse>? reads) = await reading;
        if (member is null && !group.IsPublic)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        MessagePage page = await (early ?? MessagePage.ReadAsync(log, group.Head, request, cancellationToken));
        return new GroupPageResponse(
            GroupResponse.Of(group, member?.Role), [.. page.Entries.Select(entry => MessageResponse.InGroup(entry, caller.Id))], page.Before, page.LastId, page.More, reads);
    }
}

/// <summary>A send of a member.</summary>
/// <param name="Result">Done or repeated.</param>
/// <param name="Version">The group's version that the sender's right was last decided on.</param>
public sealed record MemberSend(WriteResult Result, long Version);
