using System.Text.Json;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Erasing;

namespace ServerlessChat.Tests.Reliability;

/// <summary>Whether inboxes and directory say what heads and member rows say.</summary>
internal static class Truth
{
    private static readonly string[] Slugs = ["open", "new"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Everybody looks at their dashboard, which repairs; then what they see, and every row, is compared with the truth.</summary>
    public static async Task CheckAsync(Stage stage, Cast cast, string when)
    {
        List<TableEntity> heads = await ReadHeadsAsync(stage.Tables);
        foreach (ChatUser user in cast.All)
        {
            ApiAnswer dashboard = await user.GetAsync("/chat/");
            Assert.True(dashboard.Status == 200, $"{when}: {dashboard}");
            string[] roles = [.. (await ReadRolesAsync(stage.Tables, heads, user)).Order(StringComparer.Ordinal)];
            string[] shown = [.. dashboard.Json.GetProperty("groups").EnumerateArray().Select(ToText).Order(StringComparer.Ordinal)];
            Assert.True(roles.SequenceEqual(shown), $"{when}: {user.Username[0]} has [{string.Join(", ", roles)}] and sees [{string.Join(", ", shown)}]");
            Assert.Equal(
                heads.Where(IsPublic).Select(head => $"{head.GetString("Name")} of {head.GetString("Owner")}").Order(StringComparer.Ordinal),
                dashboard.Json.GetProperty("public_groups").EnumerateArray()
                    .Select(group => $"{group.GetProperty("group_name")} of {group.GetProperty("owner")}").Order(StringComparer.Ordinal));
            await CheckInboxAsync(stage.Tables, user, roles.Length, when);
            await CheckBlocksAsync(stage.Tables, cast, user, when);
        }

        foreach (string slug in Slugs)
        {
            ApiAnswer found = await cast.All.First().GetAsync($"/chat/groups/?q={slug}"); // Takes away what is found by slug and is no group.
            Assert.Equal(heads.Any(head => IsPublic(head) && head.GetString("Slug") == slug), found.Json.GetProperty("groups").GetArrayLength() == 1);
        }

        await CheckDirectoryAsync(stage.Tables, heads.Count(IsPublic), when);
    }

    private static string ToText(JsonElement group) => $"{group.GetProperty("slug")}: {group.GetProperty("role")}";

    private static bool IsPublic(TableEntity head) => head.GetString("Type") is "public";

    private static async Task<List<TableEntity>> ReadHeadsAsync(ChatTables tables)
    {
        var heads = new List<TableEntity>();
        foreach (string slug in Slugs)
        {
            var head = await tables.Conversations.GetEntityIfExistsAsync<TableEntity>(Keys.Group(Slug.Parse(slug)!), Keys.Head, cancellationToken: Cancellation);
            if (head.HasValue)
            {
                heads.Add(head.Value!);
            }
        }

        return heads;
    }

    private static async Task<List<string>> ReadRolesAsync(ChatTables tables, List<TableEntity> heads, ChatUser user)
    {
        var roles = new List<string>();
        foreach (TableEntity head in heads)
        {
            string prefix = Keys.MemberPrefix(head.GetString("Log")!);
            List<TableEntity> members = await ReadAsync(tables.Conversations, head.PartitionKey, prefix);
            Assert.Single(members, member => member.GetString("Role") is "owner");
            roles.AddRange(members.Where(member => member.GetString("Username") == user.Username).Select(member => $"{head.GetString("Slug")}: {member.GetString("Role")}"));
        }

        return roles;
    }

    /// <summary>No row is in doubt any more, and none stands for a group that its person is not in.</summary>
    private static async Task CheckInboxAsync(ChatTables tables, ChatUser user, int groups, string when)
    {
        List<TableEntity> rows = await ReadAsync(tables.Users, Keys.User(Username.Parse(user.Username)!), Keys.Inbox);
        rows.RemoveAll(row => row.RowKey.StartsWith("inbox-owner-", StringComparison.Ordinal));
        Assert.True(rows.TrueForAll(row => row.GetBoolean("InDoubt") == false), $"{when}: a row of {user.Username[0]} is in doubt");
        Assert.Equal(groups, rows.Count(row => row.GetString("Group") is not null));
    }

    /// <summary>The list has whom the heads say, and no row is in doubt any more.</summary>
    private static async Task CheckBlocksAsync(ChatTables tables, Cast cast, ChatUser user, string when)
    {
        string id = new JwtSubject(user.Token).Value;
        var blocked = new List<string>();
        foreach (ChatUser other in cast.All.Where(other => other != user))
        {
            string pair = Keys.Pair(new(id), new(new JwtSubject(other.Token).Value));
            var head = await tables.Conversations.GetEntityIfExistsAsync<TableEntity>(pair, Keys.Head, cancellationToken: Cancellation);
            bool blocks = head.HasValue && head.Value!.GetString("Blockers")?.Contains(id, StringComparison.Ordinal) == true;
            Assert.True(!head.HasValue || head.Value!.GetInt64("LastId") > 0 || !string.IsNullOrEmpty(head.Value.GetString("Blockers")), $"{when}: a head without messages or blocks");
            Assert.True(blocks == await user.SaysBlockedAsync(other), $"{when}: {user.Username[0]} blocks {other.Username[0]}: {blocks}, and the page tells another story");
            blocked.AddRange(blocks ? [other.Username] : []);
        }

        string[] names = [.. cast.All.Select(other => other.Username)];
        string[] shown = [.. (await user.BlockedAsync()).Where(name => names.Contains(name, StringComparer.Ordinal))];
        Assert.True(blocked.Order(StringComparer.Ordinal).SequenceEqual(shown.Order(StringComparer.Ordinal)), $"{when}: {user.Username[0]} blocks [{string.Join(", ", blocked)}] and sees [{string.Join(", ", shown)}]");
        List<TableEntity> rows = await ReadAsync(tables.Users, Keys.User(Username.Parse(user.Username)!), Keys.Blocks);
        Assert.True(rows.TrueForAll(row => row.GetBoolean("InDoubt") == false), $"{when}: a block of {user.Username[0]} is in doubt");
    }

    private static async Task CheckDirectoryAsync(ChatTables tables, int publicGroups, string when)
    {
        var listings = new List<TableEntity>();
        for (int shard = 0; shard < Keys.DirectoryShards; shard++)
        {
            listings.AddRange(await ReadAsync(tables.Directory, shard.ToString(), prefix: "0"));
        }

        // Each listing has its row by slug, and nothing else has one.
        string[] slugs = [.. listings.Where(row => row.RowKey.StartsWith(Keys.DirectorySlugs, StringComparison.Ordinal)).Select(row => row.GetString("Group")!)];
        listings.RemoveAll(row => row.RowKey.StartsWith(Keys.DirectorySlugs, StringComparison.Ordinal));
        Assert.Equal(listings.Select(listing => listing.GetString("Group")).Order(StringComparer.Ordinal), slugs.Order(StringComparer.Ordinal));
        Assert.True(listings.TrueForAll(listing => listing.GetBoolean("InDoubt") == false), $"{when}: a listing is in doubt");
        Assert.Equal(publicGroups, listings.Count);
    }

    private static async Task<List<TableEntity>> ReadAsync(TableClient table, string partition, string prefix)
    {
        string end = prefix == "0" ? "~" : Keys.After(prefix);
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {end}");
        var rows = new List<TableEntity>();
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
