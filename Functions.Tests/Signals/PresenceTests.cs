using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>Who is online, as those may know who share a private chat or a small group.</summary>
public sealed class PresenceTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Watch _watch = new();
    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() => (_emulator, _host) = await SocketChain.StartAsync(azurite.NewConnectionString(), emulator => new ChatHostOptions
    {
        Time = _watch,
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WebPubSub:SendTimeout"] = "00:00:00.500" },
        Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
    });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("notifications")]
    [InlineData("channel")]
    public async Task The_Other_Of_A_Private_Chat_Is_Online_While_A_Socket_Is_Open(string where)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(Rooms.NewName("\u0633\u0627\u0631\u0627")), await _host.SignedInAsync());
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        Assert.False(await IsOnlineAsync(bob, sara.PrivatePath()));

        await using (await (where is "channel" ? sara.OpenPrivateAsync(bob) : sara.OpenNotificationsAsync()))
        {
            Assert.False(await IsOnlineAsync(bob, sara.PrivatePath(), later: false)); // What was asked a moment ago is good for five seconds.
            Assert.True(await IsOnlineAsync(bob, sara.PrivatePath()));
            Assert.True(await IsOnlineAsync(bob, $"/chat/private/{sara.Username}/"));
        }

        await Eventually.Async(async () => !await IsOnlineAsync(bob, sara.PrivatePath()), "sara to be offline");
        JsonElement answer = (await bob.GetAsync(sara.PrivatePath() + "presence/").Is(200)).Json.HasExactly("username", "online");
        Assert.Equal(sara.Username, answer.Text("username"));
    }

    [Fact]
    public async Task Who_Has_No_Conversation_With_Somebody_Learns_Nothing_And_Everyone_Knows_Of_Themselves()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await using ChatSocket hers = await sara.OpenNotificationsAsync();

        await bob.GetAsync(sara.PrivatePath() + "presence/").IsProblem(404, "not_found");
        await bob.GetAsync($"/chat/private/{Rooms.NewName()}/presence/").IsProblem(404, "not_found");
        Assert.True(await IsOnlineAsync(sara, sara.PrivatePath()));
        Assert.False(await IsOnlineAsync(bob, bob.PrivatePath()));
    }

    [Fact]
    public async Task On_Another_Chats_Channel_One_Is_Not_Online_In_This_One()
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        await sara.PostAsync(eve.PrivatePath(), new { message = "hi" }).Is(201);
        await using ChatSocket withEve = await sara.OpenPrivateAsync(eve);
        await using ChatSocket his = await bob.OpenPrivateAsync(sara);

        Assert.True(await IsOnlineAsync(eve, sara.PrivatePath()));
        Assert.False(await IsOnlineAsync(bob, sara.PrivatePath()));
    }

    [Fact]
    public async Task The_Members_Of_A_Small_Group_See_Each_Other()
    {
        ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _host.SignedInAsync(Rooms.NewName("\u06A9\u0627\u0631\u0628\u0631"))));
        (ChatUser sara, ChatUser bob, ChatUser mina, ChatUser ali, ChatUser eve) = (users[0], users[1], users[2], users[3], users[4]);
        (Room room, Room other) = (await sara.OpenAsync("private"), await sara.OpenAsync());
        await Task.WhenAll(room.AddAsync(bob), room.AddAsync(mina), room.AddAsync(ali), other.AddAsync(ali));
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        await using ChatSocket his = await bob.OpenGroupAsync(room);
        await using ChatSocket elsewhere = await ali.OpenGroupAsync(other);
        await using ChatSocket strange = await eve.OpenNotificationsAsync();

        ApiAnswer answer = await mina.GetAsync(room.Path + "presence/").Is(200);

        string[] expected = [sara.Username, bob.Username];
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Json.HasExactly("online").List("online").Select(name => name.GetString()!));
        await eve.GetAsync(room.Path + "presence/").IsProblem(404, "not_found");
        await eve.GetAsync(other.Path + "presence/").IsProblem(403, "forbidden");
        await room.Owner.SendAsync(HttpMethod.Delete, $"{room.Path}members/{bob.Username}/").Is(204);
        Assert.Equal([sara.Username], await OnlineAsync(mina, room));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(null)]
    public async Task In_A_Large_Group_Nobody_Is_Shown(int? members)
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        Assert.Equal([sara.Username], await OnlineAsync(sara, room));
        await _host.CountAsync(room, members);
        Assert.Empty(await OnlineAsync(sara, room));
    }

    [Fact]
    public async Task A_Lost_Event_Leaves_Nobody_Online()
    {
        (WebPubSubEmulator emulator, ChatHost host) = await SocketChain.StartAsync(azurite.NewConnectionString(), _ => new ChatHostOptions { Time = _watch }, without: "disconnected");
        await using (emulator)
        await using (host)
        {
            (ChatUser sara, ChatUser bob) = (await host.SignedInAsync(), await host.SignedInAsync());
            await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
            await using ChatSocket hers = await sara.OpenNotificationsAsync();
            Assert.True(await IsOnlineAsync(bob, sara.PrivatePath()));

            hers.Abort();

            await Eventually.Async(async () => !await IsOnlineAsync(bob, sara.PrivatePath()), "sara to be offline");
        }
    }

    [Fact]
    public async Task Where_Web_PubSub_Does_Not_Answer_Nobody_Is_Said_To_Be_Offline()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        _calls.Fault = _ => throw new HttpRequestException("Connection refused");

        ApiAnswer answer = await bob.GetAsync(sara.PrivatePath() + "presence/");
        answer.IsProblem(503, "unavailable");
        Assert.Equal("1", answer.Header("Retry-After"));
        await sara.GetAsync(room.Path + "presence/").IsProblem(503, "unavailable");

        _calls.Fault = null;
        await Eventually.Async(
            async () =>
            {
                _watch.Advance(TimeSpan.FromMilliseconds(100)); // Till calls are not given up at once any more; and what is not known is not kept.
                return (await sara.GetAsync(room.Path + "presence/")).Status == 200;
            },
            "an answer");
    }

    /// <param name="later">Asks when what was asked before is old.</param>
    private async Task<bool> IsOnlineAsync(ChatUser user, string path, bool later = true)
    {
        _watch.Advance(later ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);
        return (await user.GetAsync(path + "presence/").Is(200)).Json.GetProperty("online").GetBoolean();
    }

    private async Task<string[]> OnlineAsync(ChatUser user, Room room)
    {
        _watch.Advance(TimeSpan.FromSeconds(5));
        return [.. (await user.GetAsync(room.Path + "presence/").Is(200)).Json.List("online").Select(name => name.GetString()!)];
    }
}
