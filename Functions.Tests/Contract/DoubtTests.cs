using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Contract;

/// <summary>What a change leaves in doubt is shown as it is, and settled once no change can be behind it.</summary>
public sealed class DoubtTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_Dashboard_Settles_Old_Doubts_Alone()
    {
        var time = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions { Time = time });
        ChatUser sara = await host.SignedInAsync();
        Room room = await sara.OpenAsync();

        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.NotNull(await sara.SeeAsync(room.Slug, "public_groups"));
        Assert.Equal(2, await DoubtsAsync(host, sara));
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));

        Assert.Equal(0, await DoubtsAsync(host, sara));
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.NotNull(await sara.SeeAsync(room.Slug, "public_groups"));
    }

    private static async Task<int> DoubtsAsync(ChatHost host, ChatUser user)
    {
        ChatTables tables = host.Services.GetRequiredService<ChatTables>();
        List<TableEntity> rows = await tables.Users.RowsAsync(Keys.User(Username.Parse(user.Username)!));
        for (int shard = 0; shard < Keys.DirectoryShards; shard++)
        {
            rows.AddRange(await tables.Directory.RowsAsync($"{shard}"));
        }

        return rows.Count(row => row.GetBoolean("InDoubt") == true);
    }
}
