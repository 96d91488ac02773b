using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;
using ServerlessChat.Storage;

namespace ServerlessChat.Dashboard;

/// <summary>Everything that a person's first screen shows.</summary>
/// <remarks>
/// One query for account and inbox, one read per chat (its head) in parallel, and one query per shard of the directory. What is in doubt costs
/// one read more: it is shown as the truth says. It is settled here, one write, once no writer can be behind the doubt (<see cref="Doubt"/>).
/// </remarks>
public sealed class DashboardReader(
    InboxStore inbox, DirectoryReader directory, GroupStore groups, ConversationLog log, TimeProvider time)
{
    /// <summary>Public groups on a dashboard.</summary>
    public const int PublicGroups = 50;

    /// <summary>The caller's dashboard; 401 when the account is gone.</summary>
    public async Task<Outcome<DashboardResponse>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<Listing>> listing = directory.ReadNamesAsync("", after: null, PublicGroups, cancellationToken);
        InboxContent? content = await inbox.ReadAsync(caller.Username, cancellationToken);
        IReadOnlyList<Listing> listings = await listing;
        if (content is null || content.Account.Id != caller.Id)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        Task<IReadOnlyList<OwnGroup>> ownGroups = ParallelReads.AllAsync(content.Groups, row => ReadGroupAsync(caller, row, cancellationToken), cancellationToken);
        Task<IReadOnlyList<PrivateChatSummary>> chats = ParallelReads.AllAsync(content.PrivateChats, row => ReadPrivateAsync(caller, row, cancellationToken), cancellationToken);
        Task<IReadOnlyList<Listing>> shown = ParallelReads.AllAsync(listings, row => directory.ShowAsync(row, cancellationToken), cancellationToken);
        await Task.WhenAll(ownGroups, chats, shown);
        Dictionary<GroupId, string?> roles = (await ownGroups).ToDictionary(group => group.Id, group => group.Summary.Role);
        return new DashboardResponse(
            ProfileResponse.Of(content.Account),
            [.. (await ownGroups).Select(group => group.Summary).OrderByDescending(group => group.LastMessage?.Timestamp ?? group.CreatedAt)],
            [.. (await chats).OrderByDescending(chat => chat.LastMessage?.Timestamp)],
            [.. (await shown).Select(row => new GroupResponse(row.Name, row.Slug.Text, GroupType.Public, row.Owner, row.CreatedAt, roles.GetValueOrDefault(row.Id)))]);
    }

    private async Task<OwnGroup?> ReadGroupAsync(Caller caller, GroupInboxRow row, CancellationToken cancellationToken)
    {
        Group? group = await groups.ReadAsync(row.Slug, cancellationToken);
        if (group is null || group.Id != row.Group)
        {
            await RemoveAsync(caller, row, isOld: row.Doubt is null || IsOld(row.Doubt), cancellationToken);
            return null;
        }

        string? role = row.Role;
        if (row.Doubt is not null)
        {
            role = await SettleAsync(caller, group, row, cancellationToken);
            if (role is null)
            {
                return null;
            }
        }

        MessageResponse? last = group.Head.Last is { } entry ? MessageResponse.InGroup(entry) : null;
        var summary = new GroupSummary(
            group.Name, group.Slug.Text, group.Type, group.Owner, group.CreatedAt, role, last, Unread(group.Head, row), group.Head.LastId);
        return new OwnGroup(group.Id, summary);
    }

    /// <summary>Asks the member row; the role that it says, or null.</summary>
    private async Task<string?> SettleAsync(Caller caller, Group group, GroupInboxRow row, CancellationToken cancellationToken)
    {
        if (await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is { } member)
        {
            if (MayBeSettled(row.Doubt))
            {
                await inbox.SettleAsync(caller.Username, row, member.Role, cancellationToken);
            }

            return member.Role;
        }

        await RemoveAsync(caller, row, IsOld(row.Doubt), cancellationToken);
        return null;
    }

    private async Task<PrivateChatSummary?> ReadPrivateAsync(Caller caller, PrivateInboxRow row, CancellationToken cancellationToken)
    {
        ConversationHead? head = await log.ReadHeadAsync(Keys.Pair(caller.Id, row.OtherId), cancellationToken);
        if (head is null)
        {
            await RemoveAsync(caller, row, IsOld(row.Doubt), cancellationToken);
            return null;
        }

        if (row.Doubt is not null)
        {
            await inbox.SettleAsync(caller.Username, row, role: null, cancellationToken);
        }

        MessageResponse? last = head.Last is { } entry
            ? MessageResponse.InPrivate(entry, entry.UserId == caller.Id ? row.Other.Text : caller.Username.Text)
            : null;
        return new PrivateChatSummary(row.Other.Text, Pair.DisplayName(head, row.OtherId, row.Other), last, Unread(head, row), head.LastId);
    }

    private Task RemoveAsync(Caller caller, InboxRow row, bool isOld, CancellationToken cancellationToken) =>
        isOld ? inbox.RemoveAsync(caller.Username, row, cancellationToken) : Task.CompletedTask;

    private bool IsOld(Doubt? doubt) => doubt?.IsOld(time.GetUtcNow()) == true;

    private bool MayBeSettled(Doubt? doubt) => doubt?.MayBeSettled(time.GetUtcNow()) == true;

    private static long Unread(ConversationHead head, InboxRow row) => Math.Max(0, head.LastId - row.ReadId);

    private sealed record OwnGroup(GroupId Id, GroupSummary Summary);
}
