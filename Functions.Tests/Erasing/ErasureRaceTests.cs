using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Erasing;

/// <summary>An account is erased on one instance while another is in the middle of something about it.</summary>
public sealed class ErasureRaceTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    public static TheoryData<string> Types => ["public", "private"];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Who_Is_Invited_Meanwhile_Is_No_Member(string type)
    {
        (ChatUser sara, ChatUser bob, Room room) = await TwoAsync(type, joins: false);
        ApiAnswer invited = await MeanwhileAsync(
            sara, () => bob.On(hosts.One).SendAsync(HttpMethod.Put, $"{room.Path}members/{sara.Username}/", new { role = "admin" }));

        invited.IsProblem(404, "not_found");
        await AssertGoneAsync(sara, bob, room);
    }

    [Fact]
    public async Task Who_Joins_Meanwhile_Is_No_Member()
    {
        foreach (bool posts in new[] { true, false })
        {
            (ChatUser sara, ChatUser bob, Room room) = await TwoAsync("public", joins: false);
            ApiAnswer joined = await MeanwhileAsync(
                sara, () => posts ? sara.On(hosts.One).SayAsync(room, Texts.Persian) : sara.On(hosts.One).PostAsync(room.Path + "join/"));

            joined.IsProblem(401, "not_signed_in");
            Assert.Equal(0, (await bob.GetAsync(room.Path)).Json.Number("last_id"));
            await AssertGoneAsync(sara, bob, room);
        }
    }

    [Theory]
    [InlineData("public", 401)]
    [InlineData("private", 404)]
    public async Task What_A_Member_Sends_Meanwhile_Is_Not_Stored(string type, int status)
    {
        (ChatUser sara, ChatUser bob, Room room) = await TwoAsync(type);
        await sara.On(hosts.One).SayAsync(room, "before").Is(201);

        ApiAnswer sent = await MeanwhileAsync(sara, () => sara.On(hosts.One).SayAsync(room, "meanwhile", "c"));

        sent.Is(status).IsWellMadeProblem();
        Assert.Equal(1, (await bob.GetAsync(room.Path)).Json.Number("last_id"));
        await AssertGoneAsync(sara, bob, room);
    }

    [Fact]
    public async Task What_Is_Sent_In_Private_Meanwhile_Is_Not_Stored_Either_Way()
    {
        foreach (bool isHers in new[] { true, false })
        {
            (ChatUser sara, ChatUser bob, _) = await TwoAsync("public");
            await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "before" }).Is(201);
            (ChatUser sender, ChatUser other) = isHers ? (sara, bob) : (bob, sara);

            ApiAnswer sent = await MeanwhileAsync(
                sara, () => sender.On(hosts.One).PostAsync($"/chat/private/{other.Username}/", new { message = "meanwhile" }));

            sent.Is(isHers ? 401 : 404).IsWellMadeProblem();
            System.Text.Json.JsonElement chat = await bob.SeeChatAsync();
            Assert.Equal(("deleted user", "before", 1), (chat.Text("display_name"), chat.GetProperty("last_message").Text("message"), chat.Number("unread")));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Who_Is_To_Own_A_Group_Meanwhile_Does_Not(string type)
    {
        (ChatUser sara, ChatUser bob, Room room) = await TwoAsync(type);
        ApiAnswer handed = await MeanwhileAsync(
            sara, () => bob.On(hosts.One).SendAsync(HttpMethod.Put, $"{room.Path}members/{sara.Username}/", new { role = "owner" }));

        handed.IsProblem(404, "not_found");
        await AssertGoneAsync(sara, bob, room);
    }

    [Fact]
    public async Task A_Login_Meanwhile_Does_Not_Begin_A_Session()
    {
        (ChatUser sara, _, _) = await TwoAsync("public");
        using HttpClient client = hosts.One.Anonymous();
        ApiAnswer session = await hosts.Proxy.HoldAsync(
            HeldRequest.BatchOf("users"), () => client.PostJsonAsync("/chat/login/", new { username = sara.Username, password = sara.Password }), sara.EraseAsync);
        session.IsProblem(401, "invalid_credentials");
        Assert.Empty(await Tables.TracesAsync(sara.Username));
    }

    [Fact]
    public async Task A_Refresh_Meanwhile_Does_Not_Keep_A_Session()
    {
        (ChatUser sara, _, _) = await TwoAsync("public");
        ApiAnswer session = await hosts.Proxy.HoldAsync(
            request => request is { Kind: TableRequestKind.Update, Table: "users" }, () => hosts.One.RefreshAsync(sara.RefreshToken), sara.EraseAsync);
        session.IsProblem(401, "invalid_refresh_token");
        Assert.Empty(await Tables.TracesAsync(sara.Username));
    }

    [Fact]
    public async Task A_Change_Of_The_Profile_Meanwhile_Is_Written_Nowhere()
    {
        (ChatUser sara, _, _) = await TwoAsync("public");
        ApiAnswer changed = await hosts.Proxy.HoldAsync(
            HeldRequest.BatchOf("users"), () => sara.On(hosts.One).SendAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "رازها" }), sara.EraseAsync);
        changed.IsProblem(401, "not_signed_in");
        TableEntity tombstone = (await Tables.Users.RowsAsync(AccountClient.Partition(sara.Username))).Single(row => row.RowKey is Keys.Account);
        Assert.Equal(
            ["ErasedAt", "ErasureId", "Id"],
            tombstone.Keys.Where(name => name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")).Where(name => !name.Contains('@')).Order());
    }

    [Theory]
    [InlineData("conversations")]
    [InlineData("users")]
    public async Task Who_Leaves_Meanwhile_Leaves_No_Row(string table)
    {
        (ChatUser sara, ChatUser bob, Room room) = await TwoAsync("public");
        await sara.SayAsync(room, "hi").Is(201);
        int transactions = 0;
        ApiAnswer left = await hosts.Proxy.HoldAsync(
            // Of those to the inbox the first puts it in doubt; the second takes the group out.
            request => HeldRequest.BatchOf(table)(request) && Interlocked.Increment(ref transactions) == (table is "users" ? 2 : 1),
            () => sara.On(hosts.One).PostAsync(room.Path + "leave/"),
            sara.EraseAsync);

        left.Is(204);
        await AssertGoneAsync(sara, bob, room);
    }

    [Fact]
    public async Task Who_Joins_While_The_Last_Members_Group_Is_Deleted_Gets_It()
    {
        ChatUser sara = await hosts.One.SignedInAsync();
        ChatUser mina = await hosts.Two.SignedInAsync();
        Room room = await sara.OpenAsync();
        await hosts.Proxy.HoldAsync(
            HeldRequest.BatchOf("conversations"), () => EraseOn(hosts.One, sara), async () => await mina.PostAsync(room.Path + "join/").Is(204)).Is(204);
        await hosts.AssertConsistentAsync(room with { Owner = mina }, mina);
        await AssertGoneAsync(sara, mina, room);
    }

    [Theory]
    [InlineData("leaves")]
    [InlineData("is erased")]
    public async Task An_Heir_Who_Goes_At_The_Same_Moment_Takes_The_Group_Along(string how)
    {
        (ChatUser sara, ChatUser bob, ChatUser mina) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync(), await hosts.Two.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await hosts.Proxy.HoldAsync(
            HeldRequest.BatchOf("conversations"),
            () => EraseOn(hosts.One, sara),
            async () => await (how is "leaves" ? bob.PostAsync(room.Path + "leave/") : EraseOn(hosts.Two, bob)).Is(204)).Is(204);
        await mina.GetAsync(room.Path).IsProblem(404, "not_found");
        Assert.Null(await mina.SeeAsync(room.Slug, "public_groups"));
        await hosts.SweepAsync();
        Assert.Empty(await Tables.Conversations.RowsAsync(Keys.Group(Slug.Parse(room.Slug)!)));
    }

    [Fact]
    public async Task Of_Two_Requests_One_Erases()
    {
        for (int round = 0; round < hosts.Rounds; round++)
        {
            (ChatUser sara, ChatUser bob, Room room) = await TwoAsync("public");
            ApiAnswer[] answers = await Races.AtOnceAsync(() => EraseOn(hosts.One, sara), () => EraseOn(hosts.Two, sara));

            Assert.Equal([204, 401], answers.Statuses());
            await AssertGoneAsync(sara, bob, room);
        }
    }

    [Fact]
    public async Task The_Sweep_And_The_Request_Do_Not_Get_In_Each_Others_Way()
    {
        for (int round = 0; round < hosts.Rounds; round++)
        {
            (ChatUser sara, ChatUser bob, Room room) = await TwoAsync(round % 2 == 0 ? "public" : "private");
            Room hers = await sara.OpenAsync();
            await hers.AddAsync(bob);
            await sara.SayAsync(room, Texts.Bidirectional).Is(201);
            await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "psst" }).Is(201);
            using HttpClient timer = hosts.One.Anonymous();
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => EraseOn(hosts.Two, sara), () => timer.PostJsonAsync("/sweep"), () => timer.PostJsonAsync("/sweep"), () => timer.PostJsonAsync("/sweep"));

            Assert.Equal([200, 200, 200, 204], answers.Statuses());
            await AssertGoneAsync(sara, bob, room);
            await hosts.AssertConsistentAsync(hers with { Owner = bob }, bob);
            await hosts.SweepAsync();
            await Stored.AssertNowhereAsync(hosts.Proxy.ConnectionString, sara.Username);
        }
    }

    [Fact]
    public async Task In_The_Middle_Of_Everything_It_Ends_Well()
    {
        for (int round = 0; round < hosts.Rounds; round++)
        {
            ChatUser[] users = [await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync(), await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync()];
            (ChatUser sara, ChatUser bob, ChatUser mina, ChatUser omid) = (users[0], users[1], users[2], users[3]);
            Room room = await sara.OpenAsync(round % 2 == 0 ? "public" : "private");
            await room.AddAsync(bob, "admin");
            await room.AddAsync(mina);
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => EraseOn(hosts.Two, sara),
                () => EraseOn(hosts.One, bob),
                () => mina.SayAsync(room, "one"),
                () => bob.On(hosts.Two).SayAsync(room, "two"),
                () => sara.SayAsync(room, "three"),
                () => sara.On(hosts.Two).SendAsync(HttpMethod.Put, $"{room.Path}members/{omid.Username}/"),
                () => mina.PostAsync($"/chat/private/{sara.Username}/", new { message = "four" }),
                () => bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "five" }));

            Assert.All(answers, answer => Assert.True(answer.Status < 500, answer.ToString()));
            Assert.Equal((204, 204, 201), (answers[0].Status, answers[1].Status, answers[2].Status));
            Dictionary<string, string> members = await mina.MembersAsync(room);
            Assert.DoesNotContain(members.Keys, name => name == sara.Username || name == bob.Username);
            await hosts.AssertConsistentAsync(room with { Owner = members[mina.Username] is "owner" ? mina : omid }, mina, omid);
            await hosts.SweepAsync();
            foreach (ChatUser gone in new[] { sara, bob })
            {
                await AssertGoneAsync(gone, mina, room);

                // A chat that was about to begin with the erased is in doubt in the other's inbox until the other looks, and shown to nobody.
                Assert.DoesNotContain(
                    await Stored.RowsAsync(hosts.Proxy.ConnectionString),
                    row => row.Contains(gone.Username, StringComparison.Ordinal) && !(row.Contains("RowKey=inbox-private-", StringComparison.Ordinal) && row.Contains("InDoubt=True", StringComparison.Ordinal)));
            }
        }
    }

    private static Task<ApiAnswer> EraseOn(RunningChat host, ChatUser user) =>
        user.On(host).SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = user.Password });

    private ChatTables Tables => hosts.One.Tables;

    /// <summary>Sara on the second instance, and a group of Bob's.</summary>
    private async Task<(ChatUser Sara, ChatUser Bob, Room Room)> TwoAsync(string type, bool joins = true)
    {
        (ChatUser sara, ChatUser bob) = (await hosts.Two.SignedInAsync(), await hosts.Two.SignedInAsync());
        Room room = await bob.OpenAsync(type);
        await (joins ? room.AddAsync(sara) : Task.CompletedTask);
        return (sara, bob, room);
    }

    /// <summary>The first instance has decided, and its transaction is under way; meanwhile the second erases.</summary>
    private Task<ApiAnswer> MeanwhileAsync(ChatUser erased, Func<Task<ApiAnswer>> act) =>
        hosts.Proxy.HoldAsync(HeldRequest.BatchOf("conversations"), act, erased.EraseAsync);

    /// <summary>Nothing leads to or from the erased any more, and nobody sees their name.</summary>
    private async Task AssertGoneAsync(ChatUser erased, ChatUser other, Room room)
    {
        List<TableEntity> rows = await Tables.Conversations.RowsAsync(Keys.Group(Slug.Parse(room.Slug)!));
        Assert.DoesNotContain(rows, row => row.RowKey.StartsWith("member-", StringComparison.Ordinal) && row.GetString("Username") == erased.Username);
        foreach (RunningChat host in new[] { hosts.One, hosts.Two })
        {
            string seen = await other.On(host).EverythingSeenAsync(room.Path, room.Path + "members/");
            Assert.DoesNotContain(erased.Username, seen, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(await Tables.TracesAsync(erased.Username), row => row.GetBoolean("InDoubt") != true);
    }
}
