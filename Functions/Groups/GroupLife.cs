using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Sweeping;

namespace ServerlessChat.Groups;

/// <summary>Making, changing and deleting groups.</summary>
public sealed class GroupLife(GroupStore groups, DirectoryStore directory, InboxStore inbox, SweepStore sweeps, ConversationLog log, ILiveGroups live, TimeProvider time)
{
    /// <summary>Makes a group; the caller owns it. Three operations: inbox and directory in doubt, then head and member, which is the moment it exists.</summary>
    public async Task<Outcome<GroupResponse>> CreateAsync(Caller caller, CreateGroupRequest request, CancellationToken cancellationToken)
    {
        if (GroupRules.Check(request) is { } wrong)
        {
            return wrong;
        }

        var id = new GroupId(Keys.NewId());
        Slug slug = Slug.Parse(request.Slug)!;
        string name = request.GroupName!.Trim();
        bool isPublic = request.Type is GroupType.Public;
        DateTimeOffset now = time.GetUtcNow();
        if (await inbox.DoubtAsync(caller.Id, caller.Username, id, slug, DoubtCause.Addition, cancellationToken) is not { } doubt)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        ListingDoubt? listing = isPublic
            ? await directory.DoubtAsync(id, slug, name, caller.Username.Text, now, DoubtCause.Addition, cancellationToken)
            : null;

        var conversation = ConversationId.Of(slug, id);
        var owner = new Member(caller.Id, caller.Username, GroupRole.Owner, now);
        if (!await log.TryCreateAsync(
            conversation, Group.HeadValues(slug, name, request.Type!, caller, now), [owner.ToRow(conversation.Partition, id.Value)], cancellationToken))
        {
            await UndoAsync();
            return ApiProblem.Of(Errors.SlugTaken);
        }

        await live.CreatedAsync(id, caller.Id);
        return new GroupResponse(name, slug.Text, request.Type!, caller.Username.Text, now, GroupRole.Owner);

        Task UndoAsync() => Task.WhenAll(
            inbox.RemoveAsync(caller.Username, id, doubt, CancellationToken.None),
            listing is { } made ? UnlistAsync(id, slug, Keys.DirectoryRow(name, id), made) : Task.CompletedTask);
    }

    /// <summary>Renames a group or changes its type; owner and admins.</summary>
    public async Task<Outcome<GroupResponse>> ChangeAsync(Caller caller, string slug, ChangeGroupRequest request, CancellationToken cancellationToken)
    {
        if (GroupRules.Check(request) is { } wrong)
        {
            return wrong;
        }

        GroupResponse? changed = null;
        ApiProblem? problem = await Decision.MakeAsync(
            () => groups.ReadAccessAsync(caller, slug, cancellationToken),
            async access =>
            {
                if (!access.MayManage)
                {
                    return Decision.Of(ApiProblem.Of(Errors.Forbidden));
                }

                Group before = access.Group;
                Group after = before with { Name = request.GroupName?.Trim() ?? before.Name, Type = request.Type ?? before.Type };
                changed = GroupResponse.Of(after, access.Member!.Role);
                return before == after ? Decision.Of(null) : await ChangeAsync(before, after, cancellationToken);
            });
        return problem is null ? changed! : problem;
    }

    /// <summary>Deletes a group: it is gone at once, and its slug is free. The rest is the sweep's. Null when done.</summary>
    public Task<ApiProblem?> DeleteAsync(Caller caller, string slug, CancellationToken cancellationToken) => Decision.MakeAsync(
        () => groups.ReadAccessAsync(caller, slug, cancellationToken),
        async access => access.IsOwner ? await DeleteAsync(access.Group, caller, cancellationToken) : Decision.Of(ApiProblem.Of(Errors.Forbidden)));

    private async Task<Decision> ChangeAsync(Group before, Group after, CancellationToken cancellationToken)
    {
        ListingDoubt? old = before.IsPublic ? await directory.DoubtAsync(before, DoubtCause.Change, cancellationToken) : null;
        bool moves = !string.Equals(RowKey(before), RowKey(after), StringComparison.Ordinal);
        ListingDoubt? made = after.IsPublic && (old is null || moves) ? await directory.DoubtAsync(after, DoubtCause.Addition, cancellationToken) : null;
        var change = new ConversationChange { HeadValues = Group.Changes(after.Name, after.Type) };
        WriteResult result = await log.ChangeAsync(before.Head, change, cancellationToken);
        if (result.Outcome is not WriteOutcome.Done)
        {
            return Decision.After(result.Outcome);
        }

        if (old is { } unlisted && !after.IsPublic)
        {
            await UnlistAsync(before.Id, before.Slug, RowKey(before), unlisted);
        }
        else if (old is { } moved && moves)
        {
            await directory.RemoveAsync(before.Id, RowKey(before), moved.Name, CancellationToken.None);
        }

        if (after.IsPublic && (made ?? old) is { } doubt)
        {
            await directory.SettleAsync(after, doubt.Name, CancellationToken.None);
        }

        return Decision.Of(null);
    }

    private async Task<Decision> DeleteAsync(Group group, Caller caller, CancellationToken cancellationToken)
    {
        await sweeps.AddAsync(group, cancellationToken);
        ListingDoubt? listing = group.IsPublic ? await directory.DoubtAsync(group, DoubtCause.Change, cancellationToken) : null;
        var change = new ConversationChange { EndsConversation = true, Follow = () => live.DeletedAsync(group, caller) };
        WriteResult result = await log.ChangeAsync(group.Head, change, cancellationToken);
        if (result.Outcome is not WriteOutcome.Done)
        {
            return Decision.After(result.Outcome);
        }

        if (listing is { } doubt)
        {
            await UnlistAsync(group.Id, group.Slug, RowKey(group), doubt);
        }

        return Decision.Of(null);
    }

    private Task UnlistAsync(GroupId id, Slug slug, string rowKey, ListingDoubt doubt) => Task.WhenAll(
        directory.RemoveSlugAsync(id, slug, doubt, CancellationToken.None), directory.RemoveAsync(id, rowKey, doubt.Name, CancellationToken.None));

    private static string RowKey(Group group) => Keys.DirectoryRow(group.Name, group.Id);
}
