using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Groups;
using ServerlessChat.Inbox;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Contract;

/// <summary>What a change leaves in doubt is shown as it is, and settled once no change can be behind it.</summary>
public sealed class DoubtTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_Dashboard_Settles_What_Was_Added_At_Sight_And_What_May_Be_Changing_When_It_Is_Old()
    {
        var time = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions { Time = time });
        ChatUser sara = await host.SignedInAsync();
        Room room = await sara.OpenAsync();

        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.NotNull(await sara.SeeAsync(room.Slug, "public_groups"));
        Assert.Equal(0, await DoubtsAsync(host, sara));
        await InDoubtAsync(host, sara, room.Slug);
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.Equal(1, await DoubtsAsync(host, sara));
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));

        Assert.Equal(0, await DoubtsAsync(host, sara));
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.NotNull(await sara.SeeAsync(room.Slug, "public_groups"));
    }

    /// <summary>As a change of her membership that has not come to its truth yet, or never will.</summary>
    private static async Task InDoubtAsync(ChatHost host, ChatUser user, string slug)
    {
        Group group = (await host.Services.GetRequiredService<GroupStore>().ReadAsync(Slug.Parse(slug)!, TestContext.Current.CancellationToken))!;
        var inbox = host.Services.GetRequiredService<InboxStore>();
        Assert.NotNull(await inbox.DoubtAsync(
            group.OwnerId, Username.Parse(user.Username)!, group.Id, group.Slug, DoubtCause.Change, TestContext.Current.CancellationToken));
    }

    private static async Task<int> DoubtsAsync(ChatHost host, ChatUser user)
    {
        ChatTables tables = host.Tables;
        List<TableEntity> rows = await tables.Users.RowsAsync(Keys.User(Username.Parse(user.Username)!));
        for (int shard = 0; shard < Keys.DirectoryShards; shard++)
        {
            rows.AddRange(await tables.Directory.RowsAsync($"{shard}"));
        }

        return rows.Count(row => row.GetBoolean("InDoubt") == true);
    }
}
