using System.Text.Json;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Exporting;

namespace ServerlessChat.Tests.Blocks;

/// <summary>Whom one blocks, and can: the list, the erased, the export.</summary>
public abstract class BlockListTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task The_List_Has_The_Newest_First_With_Names_As_They_Were()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        ChatUser ali = await _host.SignedInAsync(Rooms.NewName("علي"));
        await ali.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = "علی آقا" }).Is(200);
        Assert.Empty(await sara.BlocksAsync());

        await sara.BlockAsync(bob).Is(204);
        await sara.SendAsync(HttpMethod.Put, $"/chat/blocks/{ali.Username.Replace('ي', 'ی')}").Is(204); // The same name, typed on another keyboard; no slash.
        await ali.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = "renamed" }).Is(200);

        JsonElement[] blocks = await sara.BlocksAsync();
        Assert.Equal([(ali.Username, "علی آقا"), (bob.Username, bob.Username)], blocks.Select(block => (block.Text("username")!, block.Text("display_name")!)));
        Assert.True(blocks[0].Time("blocked_at") >= blocks[1].Time("blocked_at"));
        Assert.Empty(await ali.BlocksAsync());
        await sara.UnblockAsync(ali.Username.ToUpperInvariant()).Is(204);
        Assert.Equal([bob.Username], await sara.BlockedAsync());
    }

    [Fact]
    public async Task The_Same_Again_Changes_Nothing()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await sara.UnblockAsync(bob).Is(204);
        await sara.BlockAsync(bob).Is(204);
        JsonElement first = Assert.Single(await sara.BlocksAsync());

        await sara.BlockAsync(bob).Is(204);

        Assert.Equal(first.GetRawText(), Assert.Single(await sara.BlocksAsync()).GetRawText());
        await sara.UnblockAsync(bob).Is(204);
        await sara.UnblockAsync(bob).Is(204);
        Assert.Empty(await sara.BlocksAsync());
    }

    [Fact]
    public async Task What_Can_Not_Be_Blocked()
    {
        ChatUser sara = await _host.SignedInAsync(Rooms.NewName("سارا"));
        await sara.BlockAsync(sara).IsProblem(400, "invalid_request", "username");
        await sara.UnblockAsync(sara).IsProblem(400, "invalid_request", "username");
        foreach (string nobody in new[] { Rooms.NewName(), "$$$", "deleted-0123456789ab", new string('x', 65) })
        {
            await sara.SendAsync(HttpMethod.Put, $"/chat/blocks/{nobody}/").IsProblem(404, "not_found");
            await sara.UnblockAsync(nobody).IsProblem(404, "not_found");
        }

        Assert.Empty(await sara.BlocksAsync());
        await sara.TellAsync(sara, "a note").Is(201);
    }

    [Fact]
    public async Task Somebody_Erased_Stays_In_The_List_Without_A_Name_And_Can_Be_Taken_Out_Of_It()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        ChatUser stranger = await _host.SignedInAsync();
        await bob.TellAsync(sara).Is(201);
        await sara.BlockAsync(bob).Is(204);
        await sara.BlockAsync(stranger).Is(204);
        await bob.EraseAsync();
        await stranger.EraseAsync();

        JsonElement[] blocks = await sara.BlocksAsync();

        string[] names = [.. new[] { stranger, bob }.Select(user => "deleted-" + new JwtSubject(user.Token).Value[..12])];
        Assert.Equal(names.Select(name => (name, "deleted user")), blocks.Select(block => (block.Text("username")!, block.Text("display_name")!)));
        await sara.UnblockAsync(bob).IsProblem(404, "not_found"); // By the name that is nobody's now.
        await sara.SendAsync(HttpMethod.Put, $"/chat/blocks/{names[0]}/").IsProblem(404, "not_found");
        Assert.True((await sara.GetAsync($"/chat/private/{names[1]}/").Is(200)).Json.GetProperty("blocked").GetBoolean());
        await sara.UnblockAsync(names[0]).Is(204);
        await sara.UnblockAsync(names[1]).Is(204);
        Assert.Empty(await sara.BlocksAsync());
        Assert.Empty(await _host.Tables.Conversations.RowsAsync(Keys.Pair(IdOf(sara), IdOf(stranger))));
        await sara.UnblockAsync(names[0]).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task The_Erased_Block_Nobody_And_Are_Told_So()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        ChatUser stranger = await _host.SignedInAsync();
        await bob.TellAsync(sara).Is(201);
        await sara.BlockAsync(bob).Is(204);
        await sara.BlockAsync(stranger).Is(204);

        await sara.EraseAsync();

        await sara.BlockAsync(bob).IsProblem(401, "not_signed_in");
        await sara.UnblockAsync(bob).IsProblem(401, "not_signed_in");
        await sara.GetAsync(BlockCalls.List).IsProblem(401, "not_signed_in");
        Assert.Empty(await _host.Tables.Conversations.RowsAsync(Keys.Pair(IdOf(sara), IdOf(stranger))));
        foreach (ChatUser other in new[] { bob, stranger })
        {
            Assert.DoesNotContain(await _host.Tables.TracesAsync(other.Username), row => row.RowKey.StartsWith(Keys.Blockers, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_Export_Has_Ones_Own_Blocks()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await sara.BlockAsync(bob).Is(204);
        await bob.TellAsync(bob, "a note").Is(201);

        JsonElement line = Assert.Single((await sara.ExportAsync()).Of("block")).HasExactly("type", "username", "display_name", "blocked_at");

        Assert.Equal((bob.Username, bob.Username), (line.Text("username"), line.Text("display_name")));
        line.Time("blocked_at");
        Assert.Empty((await bob.ExportAsync()).Of("block")); // Who blocks somebody is nobody else's to know.
        Assert.DoesNotContain(sara.Username, (await bob.ExportAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Thousand_Are_Blocked_And_No_More()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        string partition = Keys.User(Username.Parse(sara.Username)!);
        foreach (int[] some in Enumerable.Range(0, 1_000).Chunk(100))
        {
            await _host.Tables.Users.SubmitTransactionAsync(
                some.Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, Keys.Block(new(Keys.NewId())))
                {
                    ["OtherId"] = Keys.NewId(), ["Other"] = $"u{i}", ["DisplayName"] = $"u{i}", ["BlockedAt"] = TimeProvider.System.GetUtcNow(), ["InDoubt"] = false,
                })),
                TestContext.Current.CancellationToken);
        }

        await sara.BlockAsync(bob).IsProblem(409, "too_many_blocks");

        Assert.Equal(1_000, (await sara.BlocksAsync()).Length);
        await bob.TellAsync(sara).Is(201);
        await bob.BlockAsync(sara).Is(204);
    }

    private static ServerlessChat.Accounts.AccountId IdOf(ChatUser user) => new(new JwtSubject(user.Token).Value);

    private async Task<(ChatUser Sara, ChatUser Bob)> TwoAsync() => (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
}
