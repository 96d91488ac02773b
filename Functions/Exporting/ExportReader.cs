using System.Runtime.CompilerServices;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;
using ServerlessChat.Storage;

namespace ServerlessChat.Exporting;

/// <summary>Reads a person's conversations, one after the other and page by page, for what they have written themselves.</summary>
/// <remarks>A group has one place in the order, whether the person is a member or was: who joins or leaves between two answers gets it once. A log knows its entries by id, not by writer: every page of it is read. One read or two for a conversation, and one query for <see cref="PageSize"/> entries of it.</remarks>
public sealed class ExportReader(GroupStore groups, ConversationLog log)
{
    /// <summary>Entries that are in memory at a time; with the longest texts 6 MB.</summary>
    private const int PageSize = 200;

    /// <param name="traces">Of the caller, as of the beginning.</param>
    /// <param name="after">Where an export before this one came to; null for the first.</param>
    /// <returns>At least one part for each conversation that there still is.</returns>
    public async IAsyncEnumerable<ExportPart> ReadAsync(
        Caller caller, Traces traces, ExportCursor? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<GroupId> present = [.. traces.Groups.Select(row => row.Group)];
        IEnumerable<(string RowKey, Func<Task<Source?>> Find)> steps =
        [
            .. traces.Groups.Select(row => Step(row.RowKey, () => FindGroupAsync(caller, row, cancellationToken))),
            .. traces.PrivateChats.Select(row => Step(row.RowKey, () => FindPairAsync(caller, row, cancellationToken))),
            .. traces.LeftGroups.Where(row => !present.Contains(row.Group)).Select(row => Step(Keys.InboxGroup(row.Group), () => FindLeftAsync(caller, row, cancellationToken))),
        ];
        foreach ((string rowKey, Func<Task<Source?>> find) in steps.OrderBy(step => step.RowKey, StringComparer.Ordinal))
        {
            int order = after is null ? 1 : string.CompareOrdinal(rowKey, after.RowKey);
            if (order >= 0 && await find() is { } source)
            {
                await foreach (ExportPart part in ReadAsync(caller, source, rowKey, order == 0 ? after!.Id : null, cancellationToken))
                {
                    yield return part;
                }
            }
        }

        static (string, Func<Task<Source?>>) Step(string rowKey, Func<Task<Source?>> find) => (rowKey, find);
    }

    /// <param name="after">The entry that the export before this one came to, and then the head line was in that; null: it begins here.</param>
    private async IAsyncEnumerable<ExportPart> ReadAsync(
        Caller caller, Source source, string rowKey, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ExportLine? headLine = after is null ? source.HeadLine : null;
        long done = after ?? 0;
        while (headLine is not null || done < source.Head.LastId) // What ended the answer before is not a part again: each answer gets further.
        {
            long last = Math.Min(done + PageSize, source.Head.LastId);
            IReadOnlyList<Entry> entries = await log.ReadAsync(source.Head.Id, done + 1, last, cancellationToken);
            done = Math.Max(done, last);
            yield return new ExportPart(
                headLine, [.. entries.Where(entry => entry.UserId == caller.Id).Select(source.Shape)], source.Group, new ExportCursor(rowKey, done));
            headLine = null;
        }
    }

    private async Task<Source?> FindGroupAsync(Caller caller, GroupInboxRow row, CancellationToken cancellationToken)
    {
        if (await groups.ReadAsync(row.Slug, cancellationToken) is not { } group || group.Id != row.Group)
        {
            return null;
        }

        if (await groups.ReadMemberRowAsync(group, caller.Id, cancellationToken) is not { } member)
        {
            return await FindLeftAsync(caller, new LeftGroupRow(row.RowKey, row.Group, row.Slug, LeftAt: null), cancellationToken);
        }

        var headLine = new GroupLine(group.Name, group.Slug.Text, group.Type, group.Owner, member.Role, member.JoinedAt, row.ReadId);
        return new Source(headLine, group.Head, group.Slug.Text, entry => MessageResponse.InGroup(entry, caller.Id));
    }

    /// <summary>What goes on in a group is not theirs to know who has left it.</summary>
    private static Entry WithoutOthers(Entry entry) => entry with { State = entry.State with { Reactions = Reactions.None, Revision = null } };

    private async Task<Source?> FindLeftAsync(Caller caller, LeftGroupRow row, CancellationToken cancellationToken) =>
        await groups.ReadAsync(row.Slug, cancellationToken) is { } group && group.Id == row.Group
            ? new Source(new LeftGroupLine(row.Slug.Text, row.LeftAt), group.Head, row.Slug.Text, entry => MessageResponse.InGroup(WithoutOthers(entry), caller.Id))
            : null;

    private async Task<Source?> FindPairAsync(Caller caller, PrivateInboxRow row, CancellationToken cancellationToken)
    {
        ConversationHead? head = await log.ReadHeadAsync(ConversationId.Of(caller.Id, row.OtherId).Partition, cancellationToken);
        if (head is null or { LastId: 0 })
        {
            return null;
        }

        PersonResponse other = Pair.Show(head, row.OtherId, row.Other);
        return new Source(
            new PrivateChatLine(other.Username, other.DisplayName, row.ReadId), head, Group: null, entry => MessageResponse.InPrivate(entry, other.Username, caller.Id));
    }

    /// <param name="HeadLine">What the conversation is.</param>
    /// <param name="Group">The slug; null for a pair.</param>
    private sealed record Source(ExportLine HeadLine, ConversationHead Head, string? Group, Func<Entry, MessageResponse> Shape);
}
