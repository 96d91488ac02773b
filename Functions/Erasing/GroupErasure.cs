using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Erasing;

/// <summary>Takes an erased person out of a group: their membership, their ownership, their name.</summary>
/// <remarks>
/// One transaction with the head, conditional on its version, which it raises. So whoever decided before about this person (an invitation, a role, a handover, a post that
/// joins) is refused and decides again, and then finds no account. Who was to own the group and leaves, or is erased, at the same moment makes it decide again.
/// </remarks>
public sealed class GroupErasure(
    GroupStore groups, Heirs heirs, GroupLife life, InboxStore inbox, DirectoryStore directory, ConversationLog log, RewritingStore rewritings, TimeProvider time)
{
    /// <returns>Whether nothing is left to do: the row that led here can go. False while the group may yet be made.</returns>
    /// <param name="doubt">Of that row; null for a settled one.</param>
    public async Task<bool> EraseAsync(AccountId person, GroupId id, Slug slug, Doubt? doubt, CancellationToken cancellationToken)
    {
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            if (await groups.ReadAsync(slug, cancellationToken) is not { } group || group.Id != id)
            {
                return doubt is null || doubt.IsOld(time.GetUtcNow());
            }

            Member? member = await groups.ReadMemberRowAsync(group, person, cancellationToken);
            if (await TryEraseAsync(person, group, member, cancellationToken) is { } through)
            {
                await rewritings.AddAsync(person, group.Head.Id, through, cancellationToken);
                return true;
            }
        }

        throw PendingWrite.Unavailable();
    }

    /// <returns>The newest entry that can be theirs; 0 for a group that is gone with its log. Null: the group changed meanwhile.</returns>
    private async Task<long?> TryEraseAsync(AccountId person, Group group, Member? member, CancellationToken cancellationToken)
    {
        if (group.OwnerId != person)
        {
            return member is null && group.Head.Erased.Has(person)
                ? group.Head.LastId
                : await ChangeAsync(group, Without(person, group, member), cancellationToken);
        }

        if (await heirs.FindAsync(group, person, cancellationToken) is { } heir)
        {
            return await HandOverAsync(group, heir, Without(person, group, member), cancellationToken);
        }

        return await life.DeleteLeftAsync(group, cancellationToken) ? 0 : null;
    }

    /// <summary>As a handover by the owner: the heir's inbox row and the listing in doubt, the truth, and both settled.</summary>
    private async Task<long?> HandOverAsync(Group group, Member heir, ConversationChange leaving, CancellationToken cancellationToken)
    {
        Member owner = heir with { Role = GroupRole.Owner };
        if (await inbox.DoubtAsync(heir.Id, heir.Username, group.Id, group.Slug, DoubtCause.Change, cancellationToken) is not { } doubt)
        {
            return null; // Erased meanwhile.
        }

        ListingDoubt? listing = group.IsPublic ? await directory.DoubtAsync(group, DoubtCause.Change, cancellationToken) : null;
        var role = new TableTransactionAction(TableTransactionActionType.UpdateMerge, owner.ToRoleRow(group.Head.Id.Partition, group.Id.Value), ETag.All);
        var values = new Dictionary<string, object?>(Group.OwnedBy(owner).Concat(leaving.HeadValues), StringComparer.Ordinal);
        long? through = await ChangeAsync(group, leaving with { HeadValues = values, Rows = [role, .. leaving.Rows] }, cancellationToken);
        if (through is not null)
        {
            await inbox.SettleAsync(heir.Username, group.Id, owner.Role, doubt, CancellationToken.None);
            await (listing is { } doubted
                ? directory.SettleAsync(group with { OwnerId = heir.Id, Owner = heir.Username.Text }, doubted.Name, CancellationToken.None)
                : Task.CompletedTask);
        }

        return through;
    }

    private static ConversationChange Without(AccountId person, Group group, Member? member)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (group.Head.LastId > 0)
        {
            group.Head.Erased.With(person).Put(values);
        }

        return new ConversationChange
        {
            HeadValues = values,
            Rows = member is null
                ? []
                : [new TableTransactionAction(TableTransactionActionType.Delete, member.ToRow(group.Head.Id.Partition, group.Id.Value), ETag.All)],
        };
    }

    private async Task<long?> ChangeAsync(Group group, ConversationChange change, CancellationToken cancellationToken) =>
        await log.ChangeAsync(group.Head, change, cancellationToken) is { Outcome: WriteOutcome.Done, Head: { } head } ? head.LastId : null;
}
