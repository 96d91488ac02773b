using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>That somebody comes and goes is told to those who share a private chat or a small group with them, and to nobody else.</summary>
public sealed class PresenceFrameTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Listing = "GET /api/hubs/notifications/groups/u-";
    private const string Asking = "HEAD /api/hubs/notifications/users/";

    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() => (_emulator, _host) = await SocketChain.StartAsync(azurite.NewConnectionString(), emulator => new ChatHostOptions
    {
        Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
    });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Who_Opens_And_Closes_The_Notifications_Socket_Is_Told_Of_On_All_Channels_Once()
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await _host.SignedInAsync(Rooms.NewName("\u0633\u0627\u0631\u0627")), await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(bob);
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        await using ChatSocket notifications = await bob.OpenNotificationsAsync();
        await using ChatSocket group = await bob.OpenGroupAsync(room);
        await using ChatSocket pair = await bob.OpenPrivateAsync(sara);
        await using ChatSocket strange = await eve.OpenNotificationsAsync();

        ChatSocket hers = await sara.OpenNotificationsAsync();
        await ExpectAsync(isOnline: true);
        await hers.DisposeAsync();
        await ExpectAsync(isOnline: false);

        Assert.All(new[] { notifications, group, pair }, socket => Assert.Empty(socket.TakePresence())); // Not once for each conversation.
        Assert.Empty(hers.TakePresence()); // Not of oneself.
        Assert.Empty(strange.TakePresence());

        async Task ExpectAsync(bool isOnline)
        {
            string online = isOnline ? "true" : "false";
            string expected = $$"""{"event":"presence","user":"{{sara.Username}}","online":{{online}}}""";
            Assert.Equal(expected, (await group.ReceivePresenceAsync()).GetRawText());
            Assert.Equal(expected, (await pair.ReceivePresenceAsync()).GetRawText());
            JsonElement frame = (await notifications.ReceivePresenceAsync()).HasExactly("kind", "message", "sender", "online", "timestamp");
            Assert.Equal(("presence", sara.Username, isOnline), (frame.Text("kind"), frame.Text("sender"), frame.GetProperty("online").GetBoolean()));
            Assert.Equal($"{sara.Username} is {(isOnline ? "online" : "offline")}.", frame.Text("message"));
            frame.Time("timestamp");
        }
    }

    [Theory]
    [InlineData("group")]
    [InlineData("pair")]
    public async Task A_Channel_Alone_Makes_One_Online_There_And_Only_For_Who_Is_Not_Online_Anyway(string which)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        await using ChatSocket his = await bob.OpenNotificationsAsync();
        await _calls.WaitForAsync(Listing, "POST /api/hubs/notifications/:send", "POST /api/hubs/private_chat/:send", "POST /api/hubs/chat/:send");

        ChatSocket first = await OpenAsync();
        Assert.True((await his.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
        await _calls.WaitForAsync(Asking);
        await using (await sara.OpenNotificationsAsync())
        {
            Assert.True((await his.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
            await _calls.WaitForAsync(Listing);
            await using (await OpenAsync())
            {
                await _calls.WaitForAsync(Asking);
            }

            await _calls.WaitForAsync(Asking); // Closing the second tells nobody: the first and the notifications are open.
        }

        // The notifications are closed, and on the channel there is still somebody.
        await _calls.WaitForAsync(Asking, which is "group" ? "HEAD /api/hubs/chat/groups/" : "GET /api/hubs/private_chat/groups/");
        Assert.False((await his.ReceivePresenceAsync()).GetProperty("online").GetBoolean()); // In the other conversation.
        await first.DisposeAsync();
        Assert.False((await his.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
        Assert.Empty(his.TakePresence());

        Task<ChatSocket> OpenAsync() => which is "group" ? sara.OpenGroupAsync(room) : sara.OpenPrivateAsync(bob);
    }

    [Fact]
    public async Task A_Second_Device_Is_No_News_And_Neither_Is_Its_End()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        await using ChatSocket his = await bob.OpenNotificationsAsync();
        await _calls.WaitForAsync(Listing, "POST /api/hubs/notifications/:send");

        ChatSocket one = await sara.OpenNotificationsAsync();
        Assert.True((await his.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
        await _calls.WaitForAsync(Listing);
        ChatSocket two = await sara.OpenNotificationsAsync();
        await _calls.WaitForAsync(Listing);
        await one.DisposeAsync();
        await _calls.WaitForAsync(Asking);
        await two.DisposeAsync();

        Assert.False((await his.ReceivePresenceAsync()).GetProperty("online").GetBoolean()); // And nothing in between.
    }

    [Fact]
    public async Task In_A_Large_Group_Nobody_Hears_It()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await _host.CountAsync(room, 51);
        await using ChatSocket his = await bob.OpenGroupAsync(room);
        await using ChatSocket hisNotifications = await bob.OpenNotificationsAsync();
        await _calls.WaitForAsync(Listing);

        await using (await sara.OpenNotificationsAsync())
        await using (await sara.OpenGroupAsync(room))
        {
            await _calls.WaitForAsync(Listing);
        }

        await _calls.WaitForAsync(Asking);
        await sara.SayAsync(room, "the end").Is(201);
        Assert.Equal(("the end", "the end"), ((await his.ReceiveAsync()).Text("message"), (await hisNotifications.ReceiveAsync()).Text("message")));
        Assert.Empty(his.TakePresence());
        Assert.Empty(hisNotifications.TakePresence());
    }

    [Fact]
    public async Task Who_Is_Removed_Does_Not_Go_Offline_In_The_Group()
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(eve);
        await using ChatSocket hers = await sara.OpenGroupAsync(room);
        await using ChatSocket evicted = await eve.OpenGroupAsync(room);
        Assert.True((await hers.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
        _calls.Calls.Clear();

        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/").Is(204);
        await evicted.WaitForCloseAsync();

        await _calls.WaitForAsync(Asking, "HEAD /api/hubs/chat/groups/");
        await sara.SayAsync(room, "the end").Is(201);
        Assert.Equal("the end", (await hers.ReceiveAsync()).Text("message"));
        Assert.Empty(hers.TakePresence());
    }

    [Fact]
    public async Task More_Conversations_Than_One_Call_Holds_Are_All_Told()
    {
        ChatUser sara = await _host.SignedInAsync();
        ChatUser[] others = await Task.WhenAll(Enumerable.Range(0, 27).Select(_ => _host.SignedInAsync()));
        await Task.WhenAll(others.Select(other => sara.PostAsync(other.PrivatePath(), new { message = "hi" }).Is(201)));
        ChatSocket[] sockets = await Task.WhenAll(others.Select(other => other.OpenNotificationsAsync()));

        await using ChatSocket hers = await sara.OpenNotificationsAsync();

        foreach (ChatSocket socket in sockets)
        {
            Assert.Equal(sara.Username, (await socket.ReceivePresenceAsync()).Text("sender"));
            await socket.DisposeAsync();
        }
    }
}
