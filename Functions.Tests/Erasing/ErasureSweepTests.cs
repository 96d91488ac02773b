using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Accounts;
using ServerlessChat.Erasing;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Exporting;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Erasing;

/// <summary>What the sweep does about erased accounts, by a clock that tests move.</summary>
public sealed class ErasureSweepTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private TableProxy _proxy = null!;
    private ChatHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _host = await ChatHost.StartAsync(_proxy.ConnectionString, new ChatHostOptions { Time = _clock });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_Sweep_That_Comes_Late_Takes_Nothing_Of_The_Names_Next_Owner()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await sara.EraseAsync();
        _clock.Advance(TimeSpan.FromHours(25));
        ChatUser next = null!;
        bob = await _host.LogInAsync(bob.Username, bob.Password);

        await _proxy.HoldAsync(
            request => request is { Kind: TableRequestKind.Query, Table: "users" } && request.Path.Contains(Keys.User(Username.Parse(sara.Username)!), StringComparison.Ordinal),
            async () =>
            {
                using HttpClient timer = _host.Anonymous();
                return await timer.PostJsonAsync("/sweep").Is(200);
            },
            async () =>
            {
                await _host.SweepAsync(); // Frees the name, which the one that is held has not.
                next = await _host.SignedInAsync(sara.Username);
                await next.SayAsync(room, "hi").Is(201);
                await next.PostAsync($"/chat/private/{bob.Username}/", new { message = "hi" }).Is(201);
            });
        await _host.SweepAsync();

        await next.OpenAsync("private");
        JsonElement dashboard = (await next.GetAsync("/chat/").Is(200)).Json;
        Assert.Equal((2, 1), (dashboard.List("groups").Length, dashboard.List("private_chats").Length));
        Assert.Equal(200, (await _host.RefreshAsync(next.RefreshToken)).Status);
    }

    [Fact]
    public async Task A_Name_Is_Free_After_A_Day_And_Its_Next_Owner_Finds_Nothing_Of_The_Last()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        Room left = await bob.OpenAsync("private");
        await sara.SayAsync(room, "mine").Is(201);
        await left.AddAsync(sara);
        await sara.SayAsync(left, "mine too").Is(201);
        await sara.PostAsync(left.Path + "leave/").Is(204);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = Texts.Persian }).Is(201);

        await sara.EraseAsync();
        foreach (TimeSpan wait in new[] { TimeSpan.Zero, TimeSpan.FromHours(23), TimeSpan.FromHours(1) })
        {
            _clock.Advance(wait);
            await _host.SweepAsync();
            (await _host.RegisterAsync(sara.Username)).IsProblem(409, "username_taken");
        }

        _clock.Advance(TimeSpan.FromMinutes(5));
        await _host.SweepAsync();
        await _host.SweepAsync();
        bob = await _host.LogInAsync(bob.Username, bob.Password);
        ChatUser another = await _host.SignedInAsync(sara.Username);

        JsonElement dashboard = (await another.GetAsync("/chat/").Is(200)).Json;
        Assert.Empty(dashboard.List("groups"));
        Assert.Empty(dashboard.List("private_chats"));
        await another.GetAsync(left.Path).IsProblem(404, "not_found");
        Assert.Equal(0, (await another.GetAsync($"/chat/private/{bob.Username}/").Is(200)).Json.Number("last_id"));
        Assert.DoesNotContain("mine", (await another.ExportAsync()).ToString(), StringComparison.Ordinal);
        await another.SayAsync(room, "anew").Is(201);
        await another.PostAsync($"/chat/private/{bob.Username}/", new { message = "anew" }).Is(201);
        Assert.Equal(["deleted user", another.Username], (await bob.GetAsync(room.Path)).Json.Writers());
        Assert.Equal(["deleted user"], (await bob.GetAsync(left.Path)).Json.Writers());
        Assert.Equal(2, (await bob.GetAsync("/chat/")).Json.List("private_chats").Length);
        Assert.Equal([another.Username], (await bob.GetAsync($"/chat/private/{another.Username}/")).Json.Writers());
        foreach (string partition in new[] { Keys.Erasures, Keys.Rewritings })
        {
            Assert.Empty(await _host.Tables.Sweep.RowsAsync(partition));
        }
    }

    [Fact]
    public async Task After_The_Sweep_No_Row_Has_The_Name()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
        await sara.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = "سارا جان", bio = "کمی دربارهٔ من" }).Is(200);
        Room hers = await sara.OpenAsync();
        Room his = await bob.OpenAsync("private");
        await his.AddAsync(sara, "admin");
        await bob.SayAsync(hers, "hi").Is(201);
        await sara.SayAsync(hers, "one", "c1").Is(201);
        await sara.SayAsync(his, "two").Is(201);
        await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "psst" }).Is(201);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "three" }).Is(201);
        await bob.GetAsync("/chat/").Is(200);

        await sara.EraseAsync();
        await _host.SweepAsync();

        foreach (string text in new[] { sara.Username, "سارا جان", "کمی دربارهٔ من" })
        {
            await Stored.AssertNowhereAsync(_proxy.ConnectionString, text);
        }

        Assert.Equal("", (await HeadAsync(hers)).GetString("Erased"));
        foreach (Room room in new[] { hers, his })
        {
            Assert.Equal("deleted user", (await bob.GetAsync(room.Path)).Json.Writers()[^1]);
            Assert.Equal("deleted user", (await bob.SeeAsync(room.Slug))!.Value.GetProperty("last_message").Text("user"));
            await bob.SayAsync(room, "on").Is(201);
        }

        string chat = (await bob.SeeChatAsync()).Text("username")!;
        Assert.Equal([bob.Username, "deleted user"], (await bob.GetAsync($"/chat/private/{chat}/")).Json.Writers());
        await bob.PostAsync($"/chat/private/{chat}/", new { message = "hello?" }).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Edits_Deletions_And_Reactions_Of_The_Erased_Stay_Under_Deleted_User_Too()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await sara.SayAsync(room, "first").Is(201);
        await bob.SayAsync(room, "bob's").Is(201);
        await sara.SendAsync(HttpMethod.Patch, room.Path + "messages/1/", new { message = Texts.Persian }).Is(200);
        await sara.SendAsync(HttpMethod.Put, room.Path + "messages/2/reactions/👍/").Is(204);
        await sara.SayAsync(room, "third").Is(201);
        await sara.SendAsync(HttpMethod.Delete, room.Path + "messages/5/").Is(204);

        await sara.EraseAsync();

        Assert.Equal(
            ["deleted user", bob.Username, "deleted user", "deleted user", "deleted user", "deleted user"], (await bob.GetAsync(room.Path)).Json.Writers());
        Assert.DoesNotContain(sara.Username, await bob.EverythingSeenAsync(room.Path), StringComparison.Ordinal);
        await sara.SendAsync(HttpMethod.Patch, room.Path + "messages/1/", new { message = "still?" }).IsProblem(403, "forbidden");
        await sara.SendAsync(HttpMethod.Put, room.Path + "messages/2/reactions/🌹/").IsProblem(403, "forbidden");

        // Others go on with their messages: what their changes repeat of the message has no name either.
        await bob.SendAsync(HttpMethod.Put, room.Path + "messages/1/reactions/🌹/").Is(204);
        await _host.SweepAsync();
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
        await bob.SendAsync(HttpMethod.Delete, room.Path + "messages/1/").Is(204);

        JsonElement page = (await bob.GetAsync(room.Path)).Json;
        Assert.Equal(("deleted user", "", 8), (page.List("messages")[0].Text("user"), page.List("messages")[0].Text("message"), page.Number("last_id")));
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
    }

    [Fact]
    public async Task A_Message_That_Is_Deleted_While_Its_Name_Is_Taken_Out_Leaves_No_Name()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await sara.SayAsync(room, "first").Is(201);
        await sara.SendAsync(HttpMethod.Patch, room.Path + "messages/1/", new { message = "edited" }).Is(200);
        await sara.EraseAsync();

        // The sweep has read the rows; before its transaction arrives, the deletion writes both of them.
        using HttpClient timer = _host.Anonymous();
        await _proxy.HoldAsync(
            HeldRequest.BatchOf("conversations"),
            () => timer.PostJsonAsync("/sweep"),
            async () => await bob.SendAsync(HttpMethod.Delete, room.Path + "messages/1/").Is(204)).Is(200);

        Assert.Equal(["deleted user", "deleted user", bob.Username], (await bob.GetAsync(room.Path)).Json.Writers());
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
        Assert.Equal("", (await HeadAsync(room)).GetString("Erased"));
    }

    [Fact]
    public async Task In_A_Closed_Chat_Nothing_Is_Changed_Either()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "hi" }).Is(201);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "hello" }).Is(201);
        await sara.EraseAsync();
        string chat = $"/chat/private/{(await bob.SeeChatAsync()).Text("username")}/";

        await bob.SendAsync(HttpMethod.Patch, chat + "messages/1/", new { message = "changed" }).IsProblem(404, "not_found");
        await bob.SendAsync(HttpMethod.Delete, chat + "messages/1/").IsProblem(404, "not_found");
        await bob.SendAsync(HttpMethod.Put, chat + "messages/2/reactions/👍/").IsProblem(404, "not_found");
        await sara.SendAsync(HttpMethod.Patch, $"/chat/private/{bob.Username}/messages/2/", new { message = "changed" }).IsProblem(404, "not_found");

        Assert.Equal(2, (await bob.GetAsync(chat)).Json.Number("last_id"));
    }

    [Fact]
    public async Task What_Nobody_Is_Left_To_Read_Is_Removed()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync($"/chat/private/{sara.Username}/", new { message = "a note to self", client_id = "n" }).Is(201);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "between us", client_id = "b" }).Is(201);
        await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "and nobody else" }).Is(201);

        await sara.EraseAsync();
        Assert.DoesNotContain(await Stored.RowsAsync(_proxy.ConnectionString), row => row.Contains("a note to self", StringComparison.Ordinal));
        await bob.EraseAsync();
        await _host.SweepAsync();

        Assert.DoesNotContain(await Stored.RowsAsync(_proxy.ConnectionString), row => row.StartsWith("conversations", StringComparison.Ordinal));
        Assert.Empty(await _host.Tables.Sweep.RowsAsync(Keys.Rewritings));
    }

    [Fact]
    public async Task A_Job_Without_An_Erasure_Is_Given_Up_And_The_Account_Stays()
    {
        ChatUser sara = await _host.SignedInAsync();
        var jobs = _host.Services.GetRequiredService<ErasureJobStore>();
        await jobs.AddAsync(new AccountId(new JwtSubject(sara.Token).Value), AccountClient.Partition(sara.Username), Cancellation);

        await _host.SweepAsync();
        Assert.Single(await jobs.ReadAsync(Cancellation));
        _clock.Advance(TimeSpan.FromMinutes(61));
        await _host.SweepAsync();

        Assert.Empty(await jobs.ReadAsync(Cancellation));
        await _host.LogInAsync(sara.Username, sara.Password);
    }

    [Fact]
    public async Task In_A_Group_Whose_List_Is_Full_The_Name_Goes_With_The_Sweep()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        string full = string.Join(' ', Enumerable.Range(0, ErasedPeople.MaxCount).Select(_ => Keys.NewId()));
        TableEntity head = await HeadAsync(room);
        await _host.Tables.Conversations.UpdateEntityAsync(
            new TableEntity(head.PartitionKey, head.RowKey) { ["Erased"] = full }, Azure.ETag.All, cancellationToken: Cancellation);
        await bob.GetAsync(room.Path).Is(200);

        await sara.EraseAsync();
        await sara.SayAsync(room, "still?").IsProblem(401, "not_signed_in");
        await _host.SweepAsync();

        Assert.Equal(["deleted user"], (await bob.GetAsync(room.Path)).Json.Writers());
        Assert.Equal(full, (await HeadAsync(room)).GetString("Erased"));
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
    }

    [Fact]
    public async Task A_Long_Log_Is_Gone_On_With_Where_A_Run_Was_Cut_Off()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await room.FillAsync(1200, i => i % 3 == 0 ? sara : bob);
        await sara.EraseAsync();
        _proxy.Fault = TableFaults.Every(1, CountsAsSecondPage(), FaultAction.Refuse);

        await _host.SweepAsync();
        _proxy.Reset();
        Assert.Equal(1001, Assert.Single(await _host.Tables.Sweep.RowsAsync(Keys.Rewritings)).GetInt64("Next"));
        Assert.Contains(sara.Username, string.Join('\n', await Stored.RowsAsync(_proxy.ConnectionString)), StringComparison.Ordinal);
        Assert.DoesNotContain(sara.Username, await bob.EverythingSeenAsync(room.Path + "?limit=200", room.Path + "?after=0&limit=200"), StringComparison.Ordinal);
        _proxy.Reset();
        await _host.SweepAsync();

        Assert.Equal(1, _proxy.Count(TableRequestKind.Query, "conversations"));
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
        Assert.Equal("", (await HeadAsync(room)).GetString("Erased"));
        await bob.SayAsync(room, "on").Is(201);
        Assert.Equal(1201, (await bob.GetAsync(room.Path)).Json.Number("last_id"));

        // Retries of a refused query are refused too.
        static Func<TableRequest, bool> CountsAsSecondPage()
        {
            int queries = 0;
            return request => request is { Kind: TableRequestKind.Query, Table: "conversations" } && Interlocked.Increment(ref queries) > 1;
        }
    }

    [Fact]
    public async Task Who_Changes_A_Message_While_Its_Name_Is_Taken_Out_Is_Not_Undone()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await sara.SayAsync(room, "before").Is(201);
        await sara.EraseAsync();
        TableEntity entry = (await _host.Tables.Conversations.RowsAsync(Keys.Group(Slug.Parse(room.Slug)!))).Single(row => row.GetString("Text") is "before");
        TableClient beside = new TableServiceClient(_proxy.ConnectionString).GetTableClient("conversations");
        int changes = 0;
        _proxy.Gate = request => request is { Kind: TableRequestKind.Batch, Table: "conversations" } && Interlocked.Exchange(ref changes, 1) == 0
            ? beside.UpdateEntityAsync(new TableEntity(entry.PartitionKey, entry.RowKey) { ["Text"] = "after" }, Azure.ETag.All, cancellationToken: Cancellation)
            : Task.CompletedTask;

        await _host.SweepAsync();

        Assert.Equal(1, changes);
        JsonElement message = Assert.Single((await bob.GetAsync(room.Path)).Json.List("messages"));
        Assert.Equal(("after", "deleted user"), (message.Text("message"), message.Text("user")));
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
    }

    [Theory]
    [InlineData(true, 401)]
    [InlineData(false, 404)]
    public async Task A_First_Private_Message_Meanwhile_Is_Not_Stored_And_Leaves_Nothing(bool isHers, int status)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (ChatUser sender, ChatUser other) = isHers ? (sara, bob) : (bob, sara);

        ApiAnswer sent = await _proxy.HoldAsync(
            HeldRequest.BatchOf("conversations"), () => sender.PostAsync($"/chat/private/{other.Username}/", new { message = "first" }), sara.EraseAsync);

        sent.Is(status).IsWellMadeProblem();
        Assert.Empty((await bob.GetAsync("/chat/").Is(200)).Json.List("private_chats"));
        Assert.Single(await _host.Tables.TracesAsync(sara.Username)); // As long as a message may be on its way.
        await _host.SweepAsync();
        Assert.Single(await _host.Tables.TracesAsync(sara.Username));
        _clock.Advance(TimeSpan.FromMinutes(6));
        await bob.GetAsync("/chat/").Is(200);
        await _host.SweepAsync();

        Assert.Empty(await _host.Tables.TracesAsync(sara.Username));
        Assert.DoesNotContain(await _host.Tables.TracesAsync(bob.Username), row => row.RowKey.StartsWith(Keys.InboxPrivates, StringComparison.Ordinal));
        Assert.DoesNotContain(await Stored.RowsAsync(_proxy.ConnectionString), row => row.StartsWith("conversations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Group_That_Is_Made_Meanwhile_Is_Deleted_By_The_Sweep()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        string slug = Rooms.NewName("گروه");

        await _proxy.HoldAsync(
            HeldRequest.BatchOf("conversations"),
            () => sara.PostAsync("/chat/create_group/", new { group_name = "g", slug, type = "public" }),
            sara.EraseAsync).Is(201);
        await _host.SweepAsync();

        await bob.GetAsync($"/chat/group/{slug}/").IsProblem(404, "not_found");
        Assert.Empty(await _host.Tables.TracesAsync(sara.Username));
        await bob.OpenAsync(slug: slug);
    }

    [Fact]
    public async Task A_Group_That_Was_Never_Made_Does_Not_Keep_The_Name()
    {
        ChatUser sara = await _host.SignedInAsync();
        _proxy.Fault = request => HeldRequest.BatchOf("conversations")(request) ? FaultAction.Refuse : FaultAction.None;
        await sara.PostAsync("/chat/create_group/", new { group_name = "g", slug = Rooms.NewName(), type = "private" }).IsProblem(503, "unavailable");
        _proxy.Reset();

        await sara.EraseAsync();
        Assert.Single(await _host.Tables.TracesAsync(sara.Username));
        _clock.Advance(TimeSpan.FromMinutes(6));
        await _host.SweepAsync();
        Assert.Empty(await _host.Tables.TracesAsync(sara.Username));
        _clock.Advance(TimeSpan.FromHours(24));
        await _host.SweepAsync();

        await _host.SignedInAsync(sara.Username);
    }

    [Fact]
    public async Task Of_A_Group_That_Went_With_Its_Owner_No_Row_Is_Left_To_The_Next_With_Its_Slug()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi", "c").Is(201);
        await sara.EraseAsync();
        await bob.OpenAsync(slug: room.Slug);

        await _host.SweepAsync();

        List<TableEntity> rows = await _host.Tables.Conversations.RowsAsync(Keys.Group(Slug.Parse(room.Slug)!));
        Assert.Equal(["head", "member"], rows.Select(row => row.RowKey.Split('-')[0]).Order());
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, sara.Username);
    }

    private async Task<TableEntity> HeadAsync(Room room) =>
        (await _host.Tables.Conversations.GetEntityAsync<TableEntity>(Keys.Group(Slug.Parse(room.Slug)!), Keys.Head, cancellationToken: Cancellation)).Value;
}
