using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Contract;

/// <summary>Runs requests at once, and looks for what they may have left half done.</summary>
internal static class Races
{
    /// <summary>Lets all of them go at the same moment.</summary>
    public static async Task<ApiAnswer[]> AtOnceAsync(params Func<Task<ApiAnswer>>[] requests)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<ApiAnswer>[] running = [.. requests.Select(request => Task.Run(async () =>
        {
            await start.Task;
            return await request();
        }))];
        start.SetResult();
        return await Task.WhenAll(running);
    }

    /// <summary>The statuses, sorted.</summary>
    public static int[] Statuses(this IEnumerable<ApiAnswer> answers) => [.. answers.Select(a => a.Status).Order()];

    /// <summary>One owner; and group, members, everyone's page and everyone's dashboard tell the same, on both instances.</summary>
    public static async Task AssertConsistentAsync(this ITwoHosts hosts, Room room, params ChatUser[] everyone)
    {
        ChatUser owner = room.Owner;
        Dictionary<string, string> members = await owner.MembersAsync(room);
        Assert.Equal([owner.Username], members.Where(m => m.Value is "owner").Select(m => m.Key));
        Assert.Equal(members.Count, await hosts.CountedMembersAsync(room.Slug));
        foreach (ChatUser user in everyone.SelectMany(u => new[] { u.On(hosts.One), u.On(hosts.Two) }))
        {
            string? role = members.GetValueOrDefault(user.Username);
            ApiAnswer dashboard = await user.GetAsync("/chat/").Is(200);
            JsonElement? shown = dashboard.Find(room.Slug, "groups");
            Assert.Equal((user.Username, role), (user.Username, shown?.Text("role")));
            JsonElement? listed = dashboard.Find(room.Slug, "public_groups");
            ApiAnswer page = await user.GetAsync(room.Path);
            if (page.Status == 404)
            {
                Assert.Null(role);
                Assert.Null(listed);
                continue;
            }

            JsonElement group = page.Is(200).Json.GetProperty("group");
            Assert.Equal((owner.Username, role), (group.Text("owner"), group.Text("role")));
            Assert.Equal(group.Text("type") is "public", listed is not null);
            Assert.Equal(listed is null ? null : group.GetRawText(), listed?.GetRawText());
        }
    }

    /// <summary>How many members the head of a group says it has; null: it does not say.</summary>
    public static async Task<long?> CountedMembersAsync(this ITwoHosts hosts, string slug)
    {
        TableEntity head = await hosts.One.Tables.Conversations.GetEntityAsync<TableEntity>(Keys.Group(Slug.Parse(slug)!), Keys.Head, cancellationToken: TestContext.Current.CancellationToken);
        return head.GetInt64("Members");
    }

    /// <summary>Nobody sees the group, and after the sweep no row of it is left.</summary>
    public static async Task AssertGoneAsync(this ITwoHosts hosts, string slug, params ChatUser[] everyone)
    {
        foreach (ChatUser user in everyone.SelectMany(u => new[] { u.On(hosts.One), u.On(hosts.Two) }))
        {
            await user.GetAsync($"/chat/group/{slug}/").IsProblem(404, "not_found");
            await user.PostAsync($"/chat/group/{slug}/", new { message = "hi" }).IsProblem(404, "not_found");
            ApiAnswer dashboard = await user.GetAsync("/chat/").Is(200);
            Assert.Null(dashboard.Find(slug, "groups"));
            Assert.Null(dashboard.Find(slug, "public_groups"));
        }

        await hosts.SweepAsync();
        ChatTables tables = hosts.One.Tables;
        Assert.Empty(await tables.Conversations.RowsAsync(Keys.Group(Slug.Parse(slug)!)));
        Assert.Empty(await tables.Sweep.RowsAsync(Keys.Sweep));
        foreach (ChatUser user in everyone)
        {
            // What is left in doubt belongs to somebody who was too late to join; nobody sees it, and a later dashboard removes it.
            List<TableEntity> inbox = await tables.Users.RowsAsync(Keys.User(Username.Parse(user.Username)!));
            Assert.DoesNotContain(inbox, row => string.Equals(row.GetString("Slug"), slug, StringComparison.Ordinal) && row.GetBoolean("InDoubt") != true);
        }

        for (int shard = 0; shard < Keys.DirectoryShards; shard++)
        {
            Assert.DoesNotContain(await tables.Directory.RowsAsync($"{shard}"), row => string.Equals(row.GetString("Slug"), slug, StringComparison.Ordinal));
        }
    }

    public static async Task<List<TableEntity>> RowsAsync(this TableClient table, string partition)
    {
        List<TableEntity> rows = [];
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
