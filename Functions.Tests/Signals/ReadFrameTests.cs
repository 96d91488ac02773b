using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>Read positions over sockets: to the others, to one's own other devices, and to nobody where there are many.</summary>
public sealed class ReadFrameTests(SocketChain chain, AzuriteFixture azurite) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    [Theory]
    [InlineData("over the socket")]
    [InlineData("over HTTP")]
    public async Task In_A_Small_Group_Everyone_Hears_It_Ones_Own_Devices_Too(string how)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync(Rooms.NewName("\u0639\u0644\u06CC")));
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(bob);
        await sara.SayAsync(room, "hi").Is(201);
        await using ChatSocket hers = await sara.OpenGroupAsync(room);
        await using ChatSocket his = await bob.OpenGroupAsync(room);
        await using ChatSocket herNotifications = await sara.OpenNotificationsAsync();
        await using ChatSocket hisNotifications = await bob.OpenNotificationsAsync();

        await (how is "over HTTP" ? bob.ReadAsync(room.Path, 1).Is(204) : his.SendAsync(new { @event = "read", id = 1 }));

        foreach (ChatSocket socket in new[] { hers, his })
        {
            JsonElement frame = (await socket.ReceiveAsync()).HasExactly("event", "user", "id");
            Assert.Equal(("read", bob.Username, 1L), (frame.Text("event"), frame.Text("user"), frame.Number("id")));
        }

        foreach (ChatSocket socket in new[] { herNotifications, hisNotifications })
        {
            JsonElement frame = (await socket.ReceiveAsync()).HasExactly("kind", "id", "message", "sender", "timestamp", "group");
            Assert.Equal(("read", 1L, bob.Username, room.Slug), (frame.Text("kind"), frame.Number("id"), frame.Text("sender"), frame.Text("group")));
            Assert.Equal($"{bob.Username} has read up to 1.", frame.Text("message"));
            frame.Time("timestamp");
        }

        Assert.Equal($"{bob.Username}:1", await sara.ReadsAsync(room.Path));
    }

    [Fact]
    public async Task In_Private_Both_Hear_It()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        await using ChatSocket hers = await sara.OpenPrivateAsync(bob);
        await using ChatSocket his = await bob.OpenPrivateAsync(sara);
        await using ChatSocket herNotifications = await sara.OpenNotificationsAsync();
        await using ChatSocket hisNotifications = await bob.OpenNotificationsAsync();

        await his.SendAsync(new { @event = "read", id = "1" });

        foreach (ChatSocket socket in new[] { hers, his })
        {
            Assert.Equal($$"""{"event":"read","user":"{{bob.Username}}","id":1}""", await socket.ReceiveTextAsync());
        }

        foreach (ChatSocket socket in new[] { herNotifications, hisNotifications })
        {
            JsonElement frame = (await socket.ReceiveAsync()).HasExactly("kind", "id", "message", "sender", "recipient", "timestamp");
            Assert.Equal(("read", 1L, bob.Username, sara.Username), (frame.Text("kind"), frame.Number("id"), frame.Text("sender"), frame.Text("recipient")));
        }

        Assert.Equal(0, Assert.Single((await bob.GetAsync("/chat/").Is(200)).Json.List("private_chats")).Number("unread"));
    }

    [Fact]
    public async Task In_A_Large_Group_Ones_Own_Devices_Alone_Hear_It()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await sara.SayAsync(room, "hi").Is(201);
        await _host.CountAsync(room, 51);
        await using ChatSocket hers = await sara.OpenGroupAsync(room);
        await using ChatSocket his = await bob.OpenGroupAsync(room);
        await using ChatSocket herNotifications = await sara.OpenNotificationsAsync();
        await using ChatSocket hisNotifications = await bob.OpenNotificationsAsync();

        await his.SendAsync(new { @event = "read", id = 1 });
        Assert.Equal(("read", room.Slug), (await hisNotifications.ReceiveAsync()) is var frame ? (frame.Text("kind"), frame.Text("group")) : default);
        await sara.SayAsync(room, "next").Is(201);

        foreach (ChatSocket socket in new[] { hers, his, herNotifications, hisNotifications })
        {
            Assert.Equal("next", (await socket.ReceiveAsync()).Text("message"));
        }
    }

    [Fact]
    public async Task What_Moves_Nothing_Is_Told_To_Nobody()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await sara.SayAsync(room, "1").Is(201);
        await sara.SayAsync(room, "2").Is(201);
        await bob.ReadAsync(room.Path, 2).Is(204);
        await using ChatSocket his = await bob.OpenGroupAsync(room);

        await his.SendAsync(new { @event = "read", id = 2 });
        await his.SendAsync(new { @event = "read", id = 1 });
        await his.SendAsync(new { message = "3" });

        Assert.Equal("3", (await his.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task Who_Reads_Too_Fast_Is_Told_And_Can_Still_Send()
    {
        var slow = new ChatHostOptions
        {
            Time = new Watch(),
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Signals:Burst"] = "2", ["Signals:PerSecond"] = "1" },
        };
        (global::Emulator.WebPubSubEmulator emulator, ChatHost host) = await SocketChain.StartAsync(azurite.NewConnectionString(), _ => slow);
        await using (emulator)
        await using (host)
        {
            (ChatUser sara, ChatUser bob) = (await host.SignedInAsync(), await host.SignedInAsync());
            Room room = await sara.OpenAsync();
            await host.CountAsync(room, 51); // So that coming online takes none of it.
            await using ChatSocket socket = await sara.OpenGroupAsync(room);
            await socket.SendAsync(new { message = "one" });
            Assert.Equal("one", (await socket.ReceiveAsync()).Text("message"));
            await sara.ReadAsync(room.Path, 1).Is(204);
            await socket.SendAsync(new { @event = "typing" });
            await socket.SendAsync(new { @event = "read", id = 1, client_id = "r" });

            JsonElement refused = await socket.ReceiveAsync();
            Assert.Equal(("too_many_requests", "r"), (refused.GetProperty("error").Text("code"), refused.Text("client_id")));
            Assert.Equal(1, refused.GetProperty("error").Number("retry_after"));
            ApiAnswer answer = await sara.ReadAsync(room.Path, 1);
            answer.IsProblem(429, "too_many_requests");
            Assert.Equal("1", answer.Header("Retry-After"));
            await sara.ReadAsync(bob.PrivatePath(), 1).IsProblem(429, "too_many_requests");
            await sara.TypeAsync(room.Path).Is(204); // Dropped without a word.
            await bob.ReadAsync(sara.PrivatePath(), 1).IsProblem(400, "invalid_request", "id"); // Another's own measure.
            await socket.SendAsync(new { message = "two" });
            Assert.Equal("two", (await socket.ReceiveAsync()).Text("message"));
        }
    }
}
