using System.Text.Json;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Exporting;

namespace ServerlessChat.Tests.Blocks;

/// <summary>What a block does to a private chat, over HTTP.</summary>
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
    public async Task The_First_Message_Under_A_Head_Without_Messages_Opens_Both_Inboxes()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        var head = new TableEntity(Keys.Pair(IdOf(sara), IdOf(bob)), Keys.Head) { ["Log"] = Keys.PairLog, ["LastId"] = 0L, ["Version"] = 2L, ["Blockers"] = "" };
        await _host.Tables.Conversations.AddEntityAsync(head, TestContext.Current.CancellationToken);
        await bob.GetAsync(sara.Chat() + "presence/").IsProblem(404, "not_found");

        await bob.TellAsync(sara).Is(201);

        Assert.Equal((sara.Username, bob.Username), ((await bob.SeeChatAsync()).Text("username"), (await sara.SeeChatAsync()).Text("username")));
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
