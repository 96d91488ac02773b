using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Signals;

/// <summary>How far one has read: kept for oneself, and shown to the others where they are few.</summary>
public sealed class ReadPositionTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private readonly RunningChat _host = hosts.One;

    [Theory]
    [InlineData("public", "sara", "bob")]
    [InlineData("private", "\u0633\u0627\u0631\u0627", "\u0639\u0644\u06CC")]
    public async Task The_Others_Of_A_Small_Group_See_It_And_It_Only_Goes_Forward(string type, string one, string other)
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await NewAsync(one), await NewAsync(other), await NewAsync("eve"));
        Room room = await sara.OpenAsync(type);
        await room.AddAsync(bob);
        await SayAsync(sara, room.Path, 3);
        Assert.Equal("", await sara.ReadsAsync(room.Path));

        await bob.ReadAsync(room.Path, 2).Is(204);
        await bob.ReadAsync(room.Path, 1).Is(204);

        Assert.Equal($"{bob.Username}:2", await sara.ReadsAsync(room.Path));
        Assert.Equal($"{bob.Username}:2", await sara.ReadsAsync(room.Path + "?after=1"));
        Assert.Null(await sara.ReadsAsync(room.Path + "?before=3"));
        Assert.Equal("", await bob.ReadsAsync(room.Path)); // One's own is one's dashboard's.
        Assert.Null(type is "public" ? await eve.ReadsAsync(room.Path) : null); // Not a member's eyes.
        await sara.ReadAsync(room.Path, 3).Is(204);
        Assert.Equal($"{sara.Username}:3", await bob.ReadsAsync(room.Path));
        Assert.Equal(1, (await bob.SeeAsync(room.Slug))!.Value.Number("unread"));
    }

    [Theory]
    [InlineData("sara", "bob")]
    [InlineData("\u0633\u0627\u0631\u0627", "\u0639\u0644\u06CC")]
    public async Task The_Other_Of_A_Private_Chat_Sees_It(string one, string other)
    {
        (ChatUser sara, ChatUser bob) = (await NewAsync(one), await NewAsync(other));
        Assert.Equal("", await sara.ReadsAsync(bob.PrivatePath()));
        await SayAsync(sara, bob.PrivatePath(), 3);

        await bob.ReadAsync(sara.PrivatePath(), 2).Is(204);
        await bob.ReadAsync($"/chat/private/{sara.Username}/", 1).Is(204);

        Assert.Equal($"{bob.Username}:2", await sara.ReadsAsync(bob.PrivatePath()));
        Assert.Null(await sara.ReadsAsync(bob.PrivatePath() + "?before=2"));
        Assert.Equal("", await bob.ReadsAsync(sara.PrivatePath()));
        await sara.ReadAsync(bob.PrivatePath(), 3).Is(204);
        Assert.Equal($"{sara.Username}:3", await bob.ReadsAsync(sara.PrivatePath()));
    }

    [Fact]
    public async Task In_Notes_To_Oneself_Nobody_Else_Reads()
    {
        ChatUser sara = await NewAsync("sara");
        await SayAsync(sara, sara.PrivatePath(), 2);
        await sara.ReadAsync(sara.PrivatePath(), 1).Is(204);
        Assert.Equal("", await sara.ReadsAsync(sara.PrivatePath()));
        Assert.Equal(1, Assert.Single((await sara.GetAsync("/chat/").Is(200)).Json.List("private_chats")).Number("unread"));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(null)]
    public async Task In_A_Large_Group_And_In_One_That_Is_Not_Counted_Nobody_Sees_It(int? members)
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await NewAsync("sara"), await NewAsync("bob"), await NewAsync("eve"));
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await SayAsync(sara, room.Path, 3);
        await bob.ReadAsync(room.Path, 1).Is(204);
        await _host.CountAsync(room, members);

        await bob.ReadAsync(room.Path, 2).Is(204);
        await eve.ReadAsync(room.Path, 2).IsProblem(403, "forbidden");

        Assert.Null(await sara.ReadsAsync(room.Path));
        Assert.Equal(1, (await bob.SeeAsync(room.Slug))!.Value.Number("unread"));
        await room.AddAsync(eve);
        Assert.Equal(members + 1, await hosts.CountedMembersAsync(room.Slug));
    }

    [Fact]
    public async Task The_Fifty_First_Member_Ends_It_And_When_One_Leaves_It_Is_Back()
    {
        ChatUser sara = await NewAsync("sara");
        Room room = await sara.OpenAsync();
        await SayAsync(sara, room.Path, 2);
        ChatUser[] others = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _host.SignedInAsync()));
        await Task.WhenAll(others[..49].Select(other => other.PostAsync(room.Path + "join/").Is(204)));
        await others[0].ReadAsync(room.Path, 1).Is(204);
        Assert.Equal($"{others[0].Username}:1", await sara.ReadsAsync(room.Path));

        await others[49].SayAsync(room, "the fifty-first").Is(201);
        Assert.Null(await sara.ReadsAsync(room.Path));
        await others[0].ReadAsync(room.Path, 2).Is(204);

        await others[48].PostAsync(room.Path + "leave/").Is(204);
        Assert.Equal($"{others[0].Username}:1", await sara.ReadsAsync(room.Path)); // What was read meanwhile was shown to nobody.
        Assert.Equal(50, await hosts.CountedMembersAsync(room.Slug));
    }

    [Fact]
    public async Task Who_Is_Removed_Takes_It_Along()
    {
        (ChatUser sara, ChatUser bob) = (await NewAsync("sara"), await NewAsync("bob"));
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await SayAsync(sara, room.Path, 2);
        await bob.ReadAsync(room.Path, 2).Is(204);

        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{bob.Username}/").Is(204);

        Assert.Equal("", await sara.ReadsAsync(room.Path));
        await bob.ReadAsync(room.Path, 2).IsProblem(403, "forbidden");
        await room.AddAsync(bob);
        Assert.Equal("", await sara.ReadsAsync(room.Path));
        await bob.ReadAsync(room.Path, 2).Is(204);
        Assert.Equal($"{bob.Username}:2", await sara.ReadsAsync(room.Path));
    }

    [Fact]
    public async Task A_Change_Of_The_Role_Leaves_It()
    {
        (ChatUser sara, ChatUser bob) = (await NewAsync("sara"), await NewAsync("bob"));
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await SayAsync(sara, room.Path, 2);
        await bob.ReadAsync(room.Path, 2).Is(204);
        await sara.ReadAsync(room.Path, 1).Is(204);

        await room.AddAsync(bob, "owner");

        Assert.Equal($"{bob.Username}:2", await sara.ReadsAsync(room.Path));
        Assert.Equal($"{sara.Username}:1", await bob.ReadsAsync(room.Path));
    }

    [Fact]
    public async Task Of_Many_At_Once_On_Two_Instances_The_Furthest_Stays()
    {
        (ChatUser sara, ChatUser bob) = (await NewAsync("sara"), await NewAsync("bob"));
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(bob);
        await SayAsync(sara, room.Path, 8);
        await SayAsync(sara, bob.PrivatePath(), 8);

        foreach (string path in new[] { room.Path, sara.PrivatePath() })
        {
            ApiAnswer[] answers = await Races.AtOnceAsync(
                [.. Enumerable.Range(1, 8).Select<int, Func<Task<ApiAnswer>>>(id => () => bob.On(id % 2 == 0 ? hosts.Two : hosts.One).ReadAsync(path, id))]);
            Assert.All(answers, answer => answer.Is(204));
        }

        Assert.Equal($"{bob.Username}:8", await sara.ReadsAsync(room.Path));
        Assert.Equal($"{bob.Username}:8", await sara.ReadsAsync(bob.PrivatePath()));
        Assert.Equal(0, (await bob.SeeAsync(room.Slug))!.Value.Number("unread"));
    }

    [Fact]
    public async Task Who_Reads_While_They_Are_Being_Removed_Does_Not_Hold_It_Up()
    {
        (ChatUser sara, ChatUser eve) = (await NewAsync("sara"), await NewAsync("eve"));
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(eve);
        await SayAsync(sara, room.Path, 1);
        (TaskCompletionSource decided, TaskCompletionSource hasRead) = (new(), new());
        int removals = 0;
        hosts.Proxy.Gate = request =>
        {
            if (request is not { Kind: TableRequestKind.Batch, Table: "conversations" })
            {
                return Task.CompletedTask;
            }

            removals++;
            decided.TrySetResult();
            return hasRead.Task;
        };
        Task<ApiAnswer> removing = sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/");
        await decided.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await eve.On(hosts.Two).ReadAsync(room.Path, 1).Is(204); // Her member's row is another one now.
        hasRead.SetResult();

        await removing.Is(204);

        hosts.Proxy.Gate = null;
        Assert.Equal(1, removals); // At the first go.
        await eve.On(hosts.Two).ReadAsync(room.Path, 1).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_Position_Beyond_The_Log_Is_Refused_Also_Where_It_Is_Not_Known_How_Long_The_Log_Is()
    {
        (ChatUser sara, ChatUser bob) = (await NewAsync("sara"), await NewAsync("bob"));
        await SayAsync(sara, bob.PrivatePath(), 1);
        await bob.On(hosts.Two).ReadAsync(sara.PrivatePath(), 1).Is(204);
        await SayAsync(sara, bob.PrivatePath(), 1);

        await bob.On(hosts.Two).ReadAsync(sara.PrivatePath(), 2).Is(204);
        await bob.On(hosts.Two).ReadAsync(sara.PrivatePath(), 3).IsProblem(400, "invalid_request", "id");
        await bob.ReadAsync($"/chat/private/{Rooms.NewName()}/", 1).IsProblem(404, "not_found");
    }

    private Task<ChatUser> NewAsync(string name) => _host.SignedInAsync(Rooms.NewName(name));

    private static async Task SayAsync(ChatUser user, string path, int messages)
    {
        for (int i = 1; i <= messages; i++)
        {
            await user.PostAsync(path, new { message = $"m{i}" }).Is(201);
        }
    }
}
