using ServerlessChat.Accounts;
using ServerlessChat.Groups;

namespace ServerlessChat.Erasing;

/// <summary>Who gets a group whose owner is gone.</summary>
public sealed class Heirs(GroupStore groups, AccountStore accounts)
{
    /// <summary>Members that are read at a time: one query.</summary>
    private const int PageSize = 1000;

    /// <summary>The longest-standing admin, else the longest-standing member; null when there is nobody. One query for 1,000 members, and one read for each who turns out to be gone too.</summary>
    public async Task<Member?> FindAsync(Group group, AccountId owner, CancellationToken cancellationToken)
    {
        var excluded = new HashSet<AccountId> { owner };
        while (await FindFirstAsync(group, excluded, cancellationToken) is { } first)
        {
            if ((await accounts.FindAsync(first.Username, cancellationToken))?.Id == first.Id)
            {
                return first;
            }

            excluded.Add(first.Id);
        }

        return null;
    }

    private async Task<Member?> FindFirstAsync(Group group, HashSet<AccountId> excluded, CancellationToken cancellationToken)
    {
        Member? first = null;
        IReadOnlyList<Member> page = [];
        do
        {
            page = await groups.ReadMembersAsync(group, page is [.., var last] ? last.Id : null, PageSize, cancellationToken);
            first = page.Where(member => !excluded.Contains(member.Id)).Prepend(first).OfType<Member>().MinBy(member => (!member.MayManage, member.JoinedAt));
        }
        while (page.Count == PageSize);
        return first;
    }
}
