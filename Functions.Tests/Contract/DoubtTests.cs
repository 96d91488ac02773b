using ServerlessChat.Inbox;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Contract;

/// <summary>What a change leaves in doubt is shown as it is, and settled once no change can be behind it.</summary>
public abstract class DoubtTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task A_Dashboard_Settles_What_Was_Added_At_Sight_And_What_May_Be_Changing_When_It_Is_Old()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();

        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.NotNull(await sara.SeeAsync(room.Slug, "public_groups"));
        Assert.Equal(0, await DoubtsAsync(sara));
        await PutInDoubtAsync(sara, TimeSpan.Zero);
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.Equal(1, await DoubtsAsync(sara));
        await PutInDoubtAsync(sara, TimeSpan.FromMinutes(6));
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));

        Assert.Equal(0, await DoubtsAsync(sara));
        Assert.Equal("owner", (await sara.SeeAsync(room.Slug))?.Text("role"));
        Assert.NotNull(await sara.SeeAsync(room.Slug, "public_groups"));
    }

    /// <summary>As a change of her only membership did, this long ago, that has not come to its truth yet, or never will.</summary>
    private async Task PutInDoubtAsync(ChatUser user, TimeSpan age)
    {
        var inbox = new InboxStore(_host.Tables, new ManualTimeProvider(TimeProvider.System.GetUtcNow() - age));
        Username username = Username.Parse(user.Username)!;
        InboxContent content = (await inbox.ReadAsync(username, TestContext.Current.CancellationToken))!;
        GroupInboxRow row = Assert.Single(content.Groups);
        Assert.NotNull(await inbox.DoubtAsync(content.Account.Id, username, row.Group, row.Slug, DoubtCause.Change, TestContext.Current.CancellationToken));
    }

    private async Task<int> DoubtsAsync(ChatUser user)
    {
        List<TableEntity> rows = await _host.Tables.Users.RowsAsync(Keys.User(Username.Parse(user.Username)!));
        for (int shard = 0; shard < Keys.DirectoryShards; shard++)
        {
            rows.AddRange(await _host.Tables.Directory.RowsAsync($"{shard}"));
        }

        return rows.Count(row => row.GetBoolean("InDoubt") == true);
    }
}
