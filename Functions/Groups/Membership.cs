using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>Who belongs to a group, and as what: joining, leaving, inviting, roles, removing.</summary>
/// <remarks>
/// Each change doubts the inbox rows it touches, changes the member rows and the head in one transaction, settles the inbox rows, and lets open sockets follow.
/// Member rows are changed whatever their ETag is: the transaction is conditional on the head's version, which every change of a role and every removal raises. The one
/// thing that it does not stand for is a read position, and who reads on must not get in the way of their own removal.
/// </remarks>
public sealed class Membership(
    GroupStore groups, DirectoryStore directory, InboxStore inbox, AccountStore accounts, ConversationLog log, ILiveGroups live, TimeProvider time)
{
    /// <summary>Makes the caller a member of a public group; null when done, or when they are a member already.</summary>
    public Task<ApiProblem?> JoinAsync(Caller caller, string slug, CancellationToken cancellationToken) =>
        DecideAsync(
            caller,
            slug,
            access => access.Member is not null
                ? Decided(problem: null)
                : AddAsync(access.Group, new Member(caller.Id, caller.Username, GroupRole.Member, time.GetUtcNow()), caller, Errors.NotSignedIn, cancellationToken),
            cancellationToken);

    /// <summary>Takes the caller out of a group; null when done, or when they are no member.</summary>
    public Task<ApiProblem?> LeaveAsync(Caller caller, string slug, CancellationToken cancellationToken) =>
        DecideAsync(
            caller,
            slug,
            access => access.Member switch
            {
                null => Decided(problem: null),
                { IsOwner: true } => Decided(ApiProblem.Of(Errors.OwnerMustHandOver)),
                { } member => RemoveAsync(access.Group, member, caller, cancellationToken),
            },
            cancellationToken);

    /// <summary>Removes a member. Admins remove members; the owner removes anyone else; anyone leaves.</summary>
    public Task<ApiProblem?> RemoveAsync(Caller caller, string slug, string username, CancellationToken cancellationToken) =>
        DecideAsync(caller, slug, access => DecideRemovalAsync(access, caller, username, cancellationToken), cancellationToken);

    /// <summary>Invites somebody (the default role is <c>member</c>) or gives a member a role.</summary>
    /// <param name="role">A <see cref="GroupRole"/>; null for <c>member</c>, or for the role that a member has.</param>
    public async Task<Outcome<MemberResponse>> PutAsync(Caller caller, string slug, string username, string? role, CancellationToken cancellationToken)
    {
        Member? stored = null;
        ApiProblem? problem = await DecideAsync(caller, slug, PutOnceAsync, cancellationToken);
        return problem is null ? MemberResponse.Of(stored!) : problem;

        async Task<Decision> PutOnceAsync(GroupAccess access)
        {
            if (!access.MayManage || (role is GroupRole.Admin or GroupRole.Owner && !access.IsOwner))
            {
                return Decision.Of(ApiProblem.Of(Errors.Forbidden));
            }

            (Decision decision, stored) = await PutAsync(access, caller, username, role, cancellationToken);
            return decision;
        }
    }

    private async Task<Decision> DecideRemovalAsync(GroupAccess access, Caller caller, string username, CancellationToken cancellationToken)
    {
        Member? target = await ReadTargetAsync(access.Group, username, cancellationToken);
        bool isOneself = target is not null && target.Id == caller.Id;
        if (!isOneself && (!access.MayManage || (target is { MayManage: true } && !access.IsOwner)))
        {
            return Decision.Of(ApiProblem.Of(Errors.Forbidden));
        }

        return target switch
        {
            null => Decision.Of(ApiProblem.Of(Errors.NotFound)),
            { IsOwner: true } => Decision.Of(ApiProblem.Of(Errors.OwnerMustHandOver)),
            _ => await RemoveAsync(access.Group, target, caller, cancellationToken),
        };
    }

    /// <summary>A page of the members, for whoever may read the group.</summary>
    public async Task<Outcome<MemberPageResponse>> ReadAsync(Caller caller, string slug, MemberPageRequest page, CancellationToken cancellationToken)
    {
        if (await groups.ReadAccessAsync(caller, slug, cancellationToken) is not { } access)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        IReadOnlyList<Member> members = await groups.ReadMembersAsync(access.Group, page.After, page.Limit + 1, cancellationToken);
        IReadOnlyList<Member> shown = [.. members.Take(page.Limit)];
        return new MemberPageResponse([.. shown.Select(MemberResponse.Of)], members.Count > shown.Count ? shown[^1].Id.Value : null);
    }

    private async Task<(Decision Decision, Member? Stored)> PutAsync(
        GroupAccess access, Caller caller, string username, string? role, CancellationToken cancellationToken)
    {
        if (Names.Username.Parse(username) is not { } parsed || await accounts.FindAsync(parsed, cancellationToken) is not { } account)
        {
            return (Decision.Of(ApiProblem.Of(Errors.NotFound)), null);
        }

        Member? member = await groups.ReadMemberRowAsync(access.Group, account.Id, cancellationToken);
        if (member is null)
        {
            if (role is GroupRole.Owner)
            {
                return (Decision.Of(ApiProblem.Field("role", "Only a member can become the owner.")), null);
            }

            if ((await log.ReadHeadAsync(Storage.Keys.Pair(caller.Id, account.Id), cancellationToken))?.Blockers.Has(account.Id) == true)
            {
                return (Decision.Of(ApiProblem.Of(Errors.Blocked, PrivateChats.BlockedPair.ByOther)), null);
            }

            var added = new Member(account.Id, account.Username, role ?? GroupRole.Member, time.GetUtcNow());
            return (await AddAsync(access.Group, added, caller, Errors.NotFound, cancellationToken), added);
        }

        if (role is null || string.Equals(role, member.Role, StringComparison.Ordinal))
        {
            return (Decision.Of(null), member);
        }

        return member switch
        {
            { IsOwner: true } when access.IsOwner => (Decision.Of(ApiProblem.Of(Errors.OwnerMustHandOver)), null),
            _ when !access.IsOwner => (Decision.Of(ApiProblem.Of(Errors.Forbidden)), null),
            _ => (await ChangeRoleAsync(access, member, role, cancellationToken), member with { Role = role }),
        };
    }

    private async Task<Decision> AddAsync(Group group, Member member, Caller caller, ErrorKind noAccount, CancellationToken cancellationToken)
    {
        if (await inbox.DoubtAsync(member.Id, member.Username, group.Id, group.Slug, DoubtCause.Addition, cancellationToken) is not { } doubt)
        {
            return Decision.Of(ApiProblem.Of(noAccount));
        }

        var row = new TableTransactionAction(TableTransactionActionType.Add, member.ToRow(group.Head.Id.Partition, group.Id.Value));
        return await ChangeAsync(
            group,
            new ConversationChange
            {
                Rows = [row],
                RaisesVersion = false,
                Follow = () => member.Id == caller.Id ? live.JoinedAsync(group.Head.Id, member.Id) : live.InvitedAsync(group, member, caller),
            },
            () => inbox.SettleAsync(member.Username, group.Id, member.Role, doubt, CancellationToken.None),
            cancellationToken);
    }

    private async Task<Decision> RemoveAsync(Group group, Member member, Caller caller, CancellationToken cancellationToken)
    {
        ETag? doubt = await inbox.DoubtAsync(member.Id, member.Username, group.Id, group.Slug, DoubtCause.Change, cancellationToken);
        var row = new TableTransactionAction(TableTransactionActionType.Delete, member.ToRow(group.Head.Id.Partition, group.Id.Value), ETag.All);
        return await ChangeAsync(
            group,
            new ConversationChange { Rows = [row], Follow = () => live.RemovedAsync(group, member, caller) },
            () => doubt is { } etag ? inbox.LeaveAsync(member.Username, group.Id, group.Slug, etag, CancellationToken.None) : Task.CompletedTask,
            cancellationToken);
    }

    /// <summary>Gives a member another role. The role <c>owner</c> makes the owner an admin in the same transaction.</summary>
    private async Task<Decision> ChangeRoleAsync(GroupAccess access, Member member, string role, CancellationToken cancellationToken)
    {
        Group group = access.Group;
        bool handsOver = role is GroupRole.Owner;
        Member[] after = handsOver ? [member with { Role = role }, access.Member! with { Role = GroupRole.Admin }] : [member with { Role = role }];
        ETag?[] doubts = await Task.WhenAll(after.Select(each => inbox.DoubtAsync(each.Id, each.Username, group.Id, group.Slug, DoubtCause.Change, cancellationToken)));
        ListingDoubt? listing = handsOver && group.IsPublic ? await directory.DoubtAsync(group, DoubtCause.Change, cancellationToken) : null;
        var change = new ConversationChange
        {
            HeadValues = handsOver ? Group.OwnedBy(member) : new Dictionary<string, object?>(StringComparer.Ordinal),
            Rows = [.. after.Select(each => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, each.ToRoleRow(group.Head.Id.Partition, group.Id.Value), ETag.All))],
        };
        return await ChangeAsync(group, change, SettleAsync, cancellationToken);

        async Task SettleAsync()
        {
            await Task.WhenAll(after.Zip(doubts, (each, doubt) => doubt is { } etag
                ? inbox.SettleAsync(each.Username, group.Id, each.Role, etag, CancellationToken.None)
                : Task.CompletedTask));
            if (listing is { } doubted)
            {
                await directory.SettleAsync(group with { Owner = member.Username.Text }, doubted.Name, CancellationToken.None);
            }
        }
    }

    private async Task<Member?> ReadTargetAsync(Group group, string username, CancellationToken cancellationToken) =>
        Names.Username.Parse(username) is { } parsed && await accounts.FindAsync(parsed, cancellationToken) is { } account
            ? await groups.ReadMemberRowAsync(group, account.Id, cancellationToken)
            : null;

    /// <summary>The truth, then what follows from it. Past the first there is no way back: what follows does not listen to the caller's token.</summary>
    private async Task<Decision> ChangeAsync(Group group, ConversationChange change, Func<Task> settle, CancellationToken cancellationToken)
    {
        WriteResult result = await log.ChangeAsync(group.Head, change, cancellationToken);
        if (result.Outcome is not WriteOutcome.Done)
        {
            return Decision.After(result.Outcome);
        }

        await settle();
        return Decision.Of(null);
    }

    private static Task<Decision> Decided(ApiProblem? problem) => Task.FromResult(Decision.Of(problem));

    /// <summary>Reads what the caller sees of the group and decides; again when the group changed under the decision.</summary>
    private Task<ApiProblem?> DecideAsync(Caller caller, string slug, Func<GroupAccess, Task<Decision>> decide, CancellationToken cancellationToken) =>
        Decision.MakeAsync(() => groups.ReadAccessAsync(caller, slug, cancellationToken), decide);
}
