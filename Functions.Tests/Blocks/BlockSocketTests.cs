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
    private readonly Watch _watch = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatHost _other = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        (_emulator, _host) = await SocketChain.StartAsync(storage, _ => new ChatHostOptions { Time = _watch });
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

        Assert.Equal(("deleted", 1), ((await hers.ReceiveAsync()) is var frame ? frame.Text("event") : null, 1));
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

        Assert.Equal(("read", 2), ((await hers.ReceiveAsync()) is var own ? own.Text("kind") : null, own.Number("id"))); // One's own devices.
        Assert.Equal(0, (await _sara.GetAsync("/chat/").Is(200)).Json.List("private_chats")[0].Number("unread"));
        Assert.Equal("", await _bob.ReadsAsync(_sara.PrivatePath()));
        await UnblockAsync();
        Assert.Equal($"{_sara.Username}:1", await _bob.ReadsAsync(_sara.PrivatePath())); // What she read meanwhile is not told later.
        await _sara.ReadAsync(_bob.PrivatePath(), 2).Is(204);
        Assert.Equal(("read", 2), ((await his.ReceiveAsync()) is var frame ? frame.Text("kind") : null, frame.Number("id")));
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
    [InlineData("notifications")]
    [InlineData("channel")]
    public async Task Nobody_Is_Told_That_The_Other_Comes_And_Goes(string where)
    {
        ChatUser mina = await _host.SignedInAsync();
        await _bob.TellAsync(_sara).Is(201);
        await _bob.TellAsync(mina).Is(201);
        await _bob.GetAsync("/chat/").Is(200); // Settles the rows, so that it is the mark that makes the head be asked.
        await BlockAsync();
        await using ChatSocket hers = await _sara.OpenNotificationsAsync();
        await using ChatSocket onChannel = await _sara.OpenPrivateAsync(_bob);
        await using ChatSocket minas = await mina.OpenNotificationsAsync();

        await ComeAndGoAsync();
        await UnblockAsync();
        await using (await OpenAsync(_sara))
        {
            Assert.True((await hers.ReceivePresenceAsync()).GetProperty("online").GetBoolean()); // The first that she hears of.
        }

        // Mina's chat is no business of the block.
        async Task ComeAndGoAsync()
        {
            await using (await _bob.OpenNotificationsAsync())
            {
                await ExpectAsync(true);
                await using (await OpenAsync(_sara))
                {
                }
            }

            await ExpectAsync(false);
            Assert.Empty(hers.TakePresence());
            Assert.Empty(onChannel.TakePresence());
        }

        async Task ExpectAsync(bool isOnline)
        {
            JsonElement frame = await minas.ReceivePresenceAsync();
            Assert.Equal((_bob.Username, isOnline), (frame.Text("sender"), frame.GetProperty("online").GetBoolean()));
        }

        Task<ChatSocket> OpenAsync(ChatUser other) => where is "channel" ? _bob.OpenPrivateAsync(other) : _bob.OpenNotificationsAsync();
    }

    /// <summary>On the other instance.</summary>
    private Task BlockAsync() => _sara.On(_other).BlockAsync(_bob).Is(204);

    private Task UnblockAsync() => _sara.On(_other).UnblockAsync(_bob).Is(204);

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
