using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>That somebody is writing: told to the few, seldom, and kept nowhere.</summary>
public sealed class TypingTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Watch _watch = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() =>
        (_emulator, _host) = await SocketChain.StartAsync(azurite.NewConnectionString(), _ => new ChatHostOptions { Time = _watch });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("over the socket")]
    [InlineData("over HTTP")]
    public async Task In_A_Small_Group_Everyone_Hears_It_Once_In_Three_Seconds(string how)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync(Rooms.NewName("\u0639\u0644\u06CC")));
        Room room = await sara.OpenAsync();
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        await using ChatSocket his = await bob.OpenGroupAsync(room);

        await TypeAsync(1);
        await ExpectTypingAsync();
        await TypeAsync(2);
        _watch.Advance(TimeSpan.FromMilliseconds(2_999));
        await TypeAsync(2);
        await his.SendAsync(new { message = "written" });
        Assert.Equal(("written", "written"), ((await hers.ReceiveAsync()).Text("message"), (await his.ReceiveAsync()).Text("message")));

        _watch.Advance(TimeSpan.FromMilliseconds(1));
        await TypeAsync(1);
        await ExpectTypingAsync();
        Assert.Equal(1, (await sara.GetAsync(room.Path).Is(200)).Json.Number("last_id"));

        async Task TypeAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                await (how is "over HTTP" ? bob.TypeAsync(room.Path).Is(204) : his.SendAsync(new { @event = "typing" }));
            }
        }

        async Task ExpectTypingAsync()
        {
            Assert.Equal($$"""{"event":"typing","user":"{{bob.Username}}"}""", await his.ReceiveTextAsync());
            JsonElement frame = (await hers.ReceiveAsync()).HasExactly("kind", "message", "sender", "timestamp", "group");
            Assert.Equal(
                ("typing", $"{bob.Username} is typing.", bob.Username, room.Slug), (frame.Text("kind"), frame.Text("message"), frame.Text("sender"), frame.Text("group")));
        }
    }

    [Theory]
    [InlineData("over the socket")]
    [InlineData("over HTTP")]
    public async Task In_Private_The_Other_Hears_It_Once_There_Is_A_Conversation(string how)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await using ChatSocket channel = await bob.OpenPrivateAsync(sara);
        await using ChatSocket hers = await sara.OpenNotificationsAsync();

        await TypeAsync();
        await bob.PostAsync(sara.PrivatePath(), new { message = "hi" }).Is(201);
        Assert.Equal(("hi", "hi"), ((await channel.ReceiveAsync()).Text("message"), (await hers.ReceiveAsync()).Text("message")));
        await TypeAsync();

        Assert.Equal($$"""{"event":"typing","user":"{{bob.Username}}"}""", await channel.ReceiveTextAsync());
        JsonElement frame = (await hers.ReceiveAsync()).HasExactly("kind", "message", "sender", "recipient", "timestamp");
        Assert.Equal(("typing", bob.Username, sara.Username), (frame.Text("kind"), frame.Text("sender"), frame.Text("recipient")));

        Task TypeAsync() => how is "over HTTP" ? bob.TypeAsync($"/chat/private/{sara.Username}/").Is(204) : channel.SendAsync(new { @event = "typing" });
    }

    [Fact]
    public async Task Each_Person_And_Each_Conversation_Has_A_Measure_Of_Its_Own()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (Room one, Room two) = (await sara.OpenAsync(), await sara.OpenAsync());
        await one.AddAsync(bob);
        await two.AddAsync(bob);
        await using ChatSocket hers = await sara.OpenNotificationsAsync();

        await bob.TypeAsync(one.Path).Is(204);
        await bob.TypeAsync(two.Path).Is(204);
        await sara.TypeAsync(two.Path).Is(204);

        Assert.Equal(
            [(bob.Username, one.Slug), (bob.Username, two.Slug), (sara.Username, two.Slug)],
            [await NextAsync(), await NextAsync(), await NextAsync()]);

        async Task<(string?, string?)> NextAsync() => await hers.ReceiveAsync() is var frame ? (frame.Text("sender"), frame.Text("group")) : default;
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    [InlineData(null, false)]
    public async Task In_A_Group_Of_More_Than_Fifty_Nobody_Hears_It(int? members, bool isHeard)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await _host.CountAsync(room, members);
        await using ChatSocket his = await bob.OpenGroupAsync(room);

        await his.SendAsync(new { @event = "typing" });
        await bob.TypeAsync(room.Path).Is(204);
        await sara.SayAsync(room, "written").Is(201);

        Assert.Equal(isHeard, (await his.ReceiveAsync()).TryGetProperty("event", out _));
    }

    [Fact]
    public async Task To_Oneself_And_Where_One_Does_Not_Belong_Nothing_Is_Told()
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (Room open, Room closed) = (await sara.OpenAsync(), await sara.OpenAsync("private"));
        await sara.PostAsync(sara.PrivatePath(), new { message = "note" }).Is(201);
        await using ChatSocket hers = await sara.OpenNotificationsAsync();

        await sara.TypeAsync(sara.PrivatePath()).Is(204);
        await eve.TypeAsync(open.Path).IsProblem(403, "forbidden");
        await eve.TypeAsync(closed.Path).IsProblem(404, "not_found");
        await eve.TypeAsync($"/chat/group/{Rooms.NewName()}/").IsProblem(404, "not_found");
        await eve.TypeAsync($"/chat/private/{Rooms.NewName()}/").IsProblem(404, "not_found");
        await sara.SayAsync(open, "the end").Is(201);

        Assert.Equal("the end", (await hers.ReceiveAsync()).Text("message"));
    }
}
