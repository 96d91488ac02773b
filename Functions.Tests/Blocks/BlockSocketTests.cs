using System.Collections.Concurrent;
using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Signals;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Blocks;

/// <summary>What open sockets see of a block, with a second instance that makes it: nothing that is remembered here is believed.</summary>
public sealed class BlockSocketTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string OnChannel = "GET /api/hubs/private_chat/groups/";

    private readonly Watch _watch = new();
    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatHost _other = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        (_emulator, _host) = await SocketChain.StartAsync(storage, emulator => new ChatHostOptions
        {
            Time = _watch,
            Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        });
        _other = await ChatHost.StartAsync(storage);
        (_sara, _bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Frame_Is_Refused_To_Its_Sender_Alone_And_Goes_Through_After_The_Block(bool isBegun)
    {
        await using ChatSocket hers = await _sara.OpenPrivateAsync(_bob);
        await using ChatSocket his = await _bob.OpenPrivateAsync(_sara);
        if (isBegun)
        {
            await his.SendAsync(new { message = "first" });
            Assert.Equal(("first", "first"), ((await hers.ReceiveAsync()).Text("message"), (await his.ReceiveAsync()).Text("message")));
        }

        await BlockAsync();
        await his.SendAsync(new { message = "hi", client_id = "1" });
        await ExpectRefusedAsync(his, "1", "This person has blocked you.");
        await hers.SendAsync(new { message = "hi", client_id = "2" });
        await ExpectRefusedAsync(hers, "2", "You have blocked this person. Unblock them to write to them.");
        await UnblockAsync();
        await his.SendAsync(new { message = "سلام", client_id = "1" });

        Assert.Equal(("سلام", "سلام"), ((await hers.ReceiveAsync()).Text("message"), (await his.ReceiveAsync()).Text("message")));
        Assert.Equal((1, 1), (await _sara.ChatsAsync(), await _bob.ChatsAsync()));
    }

    [Fact]
    public async Task A_Deletion_Is_Told_While_A_Block_Stands()
    {
        await _bob.TellAsync(_sara, "regretted").Is(201);
        await using ChatSocket hers = await _sara.OpenPrivateAsync(_bob);
        await BlockAsync();

        await _bob.SendAsync(HttpMethod.Delete, _sara.Chat() + "messages/1/").Is(204);

        Assert.Equal("deleted", (await hers.ReceiveAsync()).Text("event"));
    }

    [Theory]
    [InlineData("over the socket")]
    [InlineData("over HTTP")]
    public async Task Typing_Is_Dropped_Both_Ways(string how)
    {
        await _bob.TellAsync(_sara).Is(201);
        await using ChatSocket hers = await _sara.OpenPrivateAsync(_bob);
        await using ChatSocket his = await _bob.OpenPrivateAsync(_sara);
        await BlockAsync();

        await TypeAsync(_bob, _sara, his);
        await TypeAsync(_sara, _bob, hers);
        await his.SendAsync(new { message = "x" });
        await hers.SendAsync(new { message = "x" });
        Assert.All(new[] { await his.ReceiveAsync(), await hers.ReceiveAsync() }, frame => Assert.Equal("blocked", frame.GetProperty("error").Text("code")));
        await UnblockAsync();
        await TypeAsync(_bob, _sara, his);

        Assert.Equal($$"""{"event":"typing","user":"{{_bob.Username}}"}""", await hers.ReceiveTextAsync());

        Task TypeAsync(ChatUser who, ChatUser whom, ChatSocket socket) =>
            how is "over HTTP" ? who.TypeAsync(whom.PrivatePath()).Is(204) : socket.SendAsync(new { @event = "typing" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_Positions_Are_Not_Told_And_Not_Shown(bool isSettled)
    {
        await _bob.TellAsync(_sara, "one").Is(201);
        await _bob.TellAsync(_sara, "two").Is(201);
        await _sara.ReadAsync(_bob.PrivatePath(), 1).Is(204);
        if (isSettled)
        {
            await _sara.GetAsync("/chat/").Is(200);
        }

        Assert.Equal($"{_sara.Username}:1", await _bob.ReadsAsync(_sara.PrivatePath()));
        await using ChatSocket his = await _bob.OpenNotificationsAsync();
        await using ChatSocket hers = await _sara.OpenNotificationsAsync();
        await BlockAsync();

        await _sara.ReadAsync(_bob.PrivatePath(), 2).Is(204);

        JsonElement own = await hers.ReceiveAsync(); // One's own devices hear it.
        Assert.Equal(("read", 2), (own.Text("kind"), own.Number("id")));
        Assert.Equal(0, (await _sara.GetAsync("/chat/").Is(200)).Json.List("private_chats")[0].Number("unread"));
        Assert.Equal("", await _bob.ReadsAsync(_sara.PrivatePath()));
        await UnblockAsync();
        Assert.Equal($"{_sara.Username}:1", await _bob.ReadsAsync(_sara.PrivatePath())); // What she read meanwhile is not told later.
        await _sara.ReadAsync(_bob.PrivatePath(), 2).Is(204);
        JsonElement frame = await his.ReceiveAsync(); // The first that he hears.
        Assert.Equal(("read", 2), (frame.Text("kind"), frame.Number("id")));
        Assert.Empty(his.TakeReceived());
    }

    [Fact]
    public async Task Neither_Sees_The_Other_Online()
    {
        await _bob.TellAsync(_sara).Is(201);
        await using ChatSocket hers = await _sara.OpenNotificationsAsync();
        await using ChatSocket his = await _bob.OpenNotificationsAsync();
        await BlockAsync();

        Assert.False(await IsOnlineAsync(_bob, _sara));
        Assert.False(await IsOnlineAsync(_sara, _bob));

        await UnblockAsync();
        Assert.True(await IsOnlineAsync(_bob, _sara));
        Assert.True(await IsOnlineAsync(_sara, _bob));
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("blocker")]
    public async Task Nobody_Is_Told_That_The_Other_Comes_And_Goes(string who)
    {
        ChatUser mina = await _host.SignedInAsync();
        (ChatUser coming, ChatUser other) = who is "blocked" ? (_bob, _sara) : (_sara, _bob);
        await coming.TellAsync(other).Is(201);
        await coming.TellAsync(mina).Is(201);
        await coming.GetAsync("/chat/").Is(200); // Settles the rows, so that it is the mark that makes the head be asked.
        await BlockAsync();
        await using ChatSocket others = await other.OpenNotificationsAsync();
        await using ChatSocket onChannel = await other.OpenPrivateAsync(coming);
        await using ChatSocket minas = await mina.OpenNotificationsAsync();

        for (int times = 0; times < 2; times++)
        {
            await ComeAndGoAsync(minas);
        }

        await UnblockAsync();
        await ComeAndGoAsync(minas, others, onChannel);
        Assert.All(new[] { minas, others, onChannel }, socket => Assert.Empty(socket.TakePresence())); // What had been told before would have come before.

        async Task ComeAndGoAsync(params ChatSocket[] hearing)
        {
            ChatSocket socket = await coming.OpenNotificationsAsync();
            await ExpectAsync(isOnline: true, hearing);
            await socket.DisposeAsync();
            await ExpectAsync(isOnline: false, hearing);
        }

        async Task ExpectAsync(bool isOnline, ChatSocket[] hearing)
        {
            foreach (ChatSocket socket in hearing)
            {
                Assert.Equal(isOnline, (await socket.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
            }
        }
    }

    [Fact]
    public async Task Nobody_Is_Told_That_The_Other_Is_On_The_Channel()
    {
        await _bob.TellAsync(_sara).Is(201);
        await BlockAsync();
        await using ChatSocket hers = await _sara.OpenNotificationsAsync();
        await _calls.WaitForAsync("GET /api/hubs/notifications/groups/u-"); // She comes, too.
        ConcurrentBag<string> told = [];
        _calls.Before = message =>
        {
            told.Add($"{message.Request.Method} {message.Request.Uri.Path}");
            return Task.CompletedTask;
        };

        await ComeAndGoAsync();
        await UnblockAsync();
        await ComeAndGoAsync();

        Assert.Equal((true, false), ((await hers.ReceivePresenceAsync()).GetProperty("online").GetBoolean(), (await hers.ReceivePresenceAsync()).GetProperty("online").GetBoolean()));
        Assert.Equal(2, told.Count(call => call is "POST /api/hubs/notifications/:send"));

        async Task ComeAndGoAsync()
        {
            await using (await _bob.OpenPrivateAsync(_sara))
            {
                await _calls.WaitForAsync(OnChannel); // Whether it is the only one.
            }

            await _calls.WaitForAsync(OnChannel); // Whether another is left.
        }
    }

    /// <summary>On the other instance.</summary>
    private Task<ApiAnswer> BlockAsync() => _sara.On(_other).BlockAsync(_bob).Is(204);

    private Task<ApiAnswer> UnblockAsync() => _sara.On(_other).UnblockAsync(_bob).Is(204);

    private static async Task ExpectRefusedAsync(ChatSocket socket, string clientId, string detail)
    {
        JsonElement frame = (await socket.ReceiveAsync()).HasExactly("error", "client_id");
        JsonElement error = frame.GetProperty("error").HasExactly("code", "detail");
        Assert.Equal(("blocked", detail, clientId), (error.Text("code"), error.Text("detail"), frame.Text("client_id")));
    }

    private async Task<bool> IsOnlineAsync(ChatUser user, ChatUser other)
    {
        _watch.Advance(TimeSpan.FromSeconds(5));
        return (await user.GetAsync(other.PrivatePath() + "presence/").Is(200)).Json.GetProperty("online").GetBoolean();
    }
}
