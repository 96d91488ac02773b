using System.Text.Json;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Exporting;

namespace ServerlessChat.Tests.Blocks;

/// <summary>Blocking people over HTTP.</summary>
public abstract class BlockTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task Neither_Writes_Edits_Or_Reacts_And_Both_Read_On()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await bob.TellAsync(sara, "his").Is(201);
        await sara.TellAsync(bob, "hers").Is(201);

        await sara.BlockAsync(bob).Is(204);

        await AssertRefusedAsync(bob, sara, own: 1, "This person has blocked you.");
        await AssertRefusedAsync(sara, bob, own: 2, "You have blocked this person. Unblock them to write to them.");
        Assert.Equal(["his", "hers"], (await bob.GetAsync(sara.Chat()).Is(200)).Json.List("messages").Select(message => message.Text("message")));
        Assert.True(await sara.SaysBlockedAsync(bob));
        Assert.False((await bob.GetAsync(sara.Chat()).Is(200)).Json.TryGetProperty("blocked", out _));
        Assert.Equal((1, 1), (await sara.ChatsAsync(), await bob.ChatsAsync()));

        await sara.UnblockAsync(bob).Is(204);

        await bob.TellAsync(sara, "again").Is(201);
        await sara.TellAsync(bob, "yes").Is(201);
        await bob.SendAsync(HttpMethod.Patch, sara.Chat() + "messages/1/", new { message = "mine" }).Is(200);
        JsonElement page = (await sara.GetAsync(bob.Chat()).Is(200)).Json.HasExactly("with", "messages", "before", "last_id", "reads");
        Assert.Equal([1L, 2L, 3L, 4L, 5L], page.Ids());
    }

    [Fact]
    public async Task Ones_Own_Message_Can_Be_Deleted_All_The_Same()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await bob.TellAsync(sara, "regretted").Is(201);
        await sara.TellAsync(bob, "hers").Is(201);
        await sara.BlockAsync(bob).Is(204);

        await bob.SendAsync(HttpMethod.Delete, sara.Chat() + "messages/2/").IsProblem(403, "forbidden");
        await bob.SendAsync(HttpMethod.Delete, sara.Chat() + "messages/1/").Is(204);
        await sara.SendAsync(HttpMethod.Delete, bob.Chat() + "messages/2/").Is(204);

        Assert.All((await sara.GetAsync(bob.Chat())).Json.List("messages")[..2], message => Assert.Equal("", message.Text("message")));
    }

    [Fact]
    public async Task A_Send_That_Was_Stored_Before_The_Block_Is_Answered_As_A_Repeat()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        ApiAnswer sent = await bob.TellAsync(sara, "hi", "c").Is(201);
        await sara.BlockAsync(bob).Is(204);

        Assert.Equal(sent.Body, (await bob.TellAsync(sara, "hi", "c").Is(200)).Body);
        await bob.TellAsync(sara, "hi", "d").IsProblem(403, "blocked");
        Assert.Equal(1, (await sara.GetAsync(bob.Chat())).Json.Number("last_id"));
    }

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
    public async Task Who_Is_Blocked_Can_Block_Too_And_Each_Lifts_Their_Own()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await bob.TellAsync(sara).Is(201);
        await sara.BlockAsync(bob).Is(204);
        await bob.BlockAsync(sara).Is(204);

        await sara.UnblockAsync(bob).Is(204);

        Assert.Equal((false, true), (await sara.SaysBlockedAsync(bob), await bob.SaysBlockedAsync(sara)));
        await sara.TellAsync(bob).IsProblem(403, "blocked");
        await bob.UnblockAsync(sara).Is(204);
        await sara.TellAsync(bob).Is(201);
    }

    [Fact]
    public async Task A_Stranger_Is_Blocked_Before_The_First_Message_And_After_The_Block_The_Chat_Begins_As_Any()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await sara.BlockAsync(bob).Is(204);

        await bob.TellAsync(sara).IsProblem(403, "blocked");
        await sara.TellAsync(bob).IsProblem(403, "blocked");
        Assert.Equal((0, 0), (await sara.ChatsAsync(), await bob.ChatsAsync()));
        JsonElement page = (await sara.GetAsync(bob.Chat()).Is(200)).Json.HasExactly("with", "messages", "before", "last_id", "reads", "blocked");
        Assert.Equal((0, 0), (page.Number("last_id"), page.List("messages").Length));
        (await bob.GetAsync(sara.Chat()).Is(200)).Json.HasExactly("with", "messages", "before", "last_id", "reads");
        await bob.GetAsync(sara.Chat() + "presence/").IsProblem(404, "not_found");
        await bob.PostAsync(sara.Chat() + "typing/").Is(204);
        await bob.PostAsync(sara.Chat() + "read/", new { id = 1 }).IsProblem(400, "invalid_request", "id");
        Assert.Empty((await bob.ExportAsync()).Of("private_chat"));

        await sara.UnblockAsync(bob).Is(204);
        await bob.TellAsync(sara, "سلام").Is(201);

        Assert.Equal("سلام", (await sara.SeeChatAsync()).GetProperty("last_message").Text("message"));
        Assert.Equal(sara.Username, (await bob.SeeChatAsync()).Text("username"));
        await sara.TellAsync(bob, "hello").Is(201);
    }

    [Fact]
    public async Task Two_Strangers_Who_Blocked_Each_Other_Begin_As_Any()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        await Task.WhenAll(sara.BlockAsync(bob).Is(204), bob.BlockAsync(sara).Is(204));
        await sara.UnblockAsync(bob).Is(204);
        await sara.TellAsync(bob).IsProblem(403, "blocked");
        await bob.UnblockAsync(sara).Is(204);

        Assert.Empty(await _host.Tables.Conversations.RowsAsync(Keys.Pair(IdOf(sara), IdOf(bob))));
        Assert.DoesNotContain(await _host.Tables.TracesAsync(sara.Username), row => row.RowKey.StartsWith("person-", StringComparison.Ordinal));
        Assert.DoesNotContain(await _host.Tables.TracesAsync(bob.Username), row => row.RowKey.StartsWith("person-", StringComparison.Ordinal));
        await sara.TellAsync(bob).Is(201);
        Assert.Equal((1, 1), (await sara.ChatsAsync(), await bob.ChatsAsync()));
    }

    [Fact]
    public async Task In_Groups_Nothing_Changes_But_Who_Is_Blocked_Can_Not_Invite_Who_Blocks_Them()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        Room shared = await sara.OpenAsync();
        await shared.AddAsync(bob);
        Room his = await bob.OpenAsync("private");
        await sara.BlockAsync(bob).Is(204);

        await bob.SayAsync(shared, $"@{sara.Username} hi").Is(201);
        await sara.SendAsync(HttpMethod.Put, $"{shared.Path}messages/1/reactions/{Uri.EscapeDataString("👍")}/").Is(204);
        await bob.SendAsync(HttpMethod.Put, $"{his.Path}members/{sara.Username}/").IsProblem(403, "blocked");
        await sara.UnblockAsync(bob).Is(204);
        await bob.SendAsync(HttpMethod.Put, $"{his.Path}members/{sara.Username}/").Is(200);
        await sara.BlockAsync(bob).Is(204);
        await bob.SendAsync(HttpMethod.Put, $"{his.Path}members/{sara.Username}/", new { role = "admin" }).Is(200); // A member already.
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

    /// <summary>A message, an edit of their own one and both ways of a reaction.</summary>
    private static async Task AssertRefusedAsync(ChatUser user, ChatUser other, int own, string detail)
    {
        string heart = $"{other.Chat()}messages/1/reactions/{Uri.EscapeDataString("❤️")}/";
        ApiAnswer[] answers =
        [
            await user.TellAsync(other),
            await user.PostAsync("/chat" + other.Chat(), new { message = "hi", client_id = "x", reply_to = 1 }),
            await user.SendAsync(HttpMethod.Patch, $"{other.Chat()}messages/{own}/", new { message = "other" }),
            await user.SendAsync(HttpMethod.Put, heart),
            await user.SendAsync(HttpMethod.Delete, heart),
        ];
        Assert.All(answers, answer =>
        {
            answer.IsProblem(403, "blocked");
            Assert.Equal(detail, answer.Json.Text("detail"));
        });
    }

    private async Task<(ChatUser Sara, ChatUser Bob)> TwoAsync() => (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
}
