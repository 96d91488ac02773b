using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>The one socket that an app needs.</summary>
public sealed class NotificationTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    [Fact]
    public async Task It_Carries_Every_Message_Of_Ones_Groups_And_Private_Chats_Ones_Own_Too()
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(bob);
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        await using ChatSocket his = await bob.OpenNotificationsAsync();
        await using ChatSocket others = await eve.OpenNotificationsAsync();

        ApiAnswer inGroup = await bob.SayAsync(room, "سلام", "c1").Is(201);
        foreach (ChatSocket socket in new[] { hers, his })
        {
            JsonElement frame = (await socket.ReceiveAsync()).HasExactly("kind", "id", "message", "user", "sender", "timestamp", "group", "client_id");
            Assert.Equal(("group_message", room.Slug, bob.Username), (frame.Text("kind"), frame.Text("group"), frame.Text("sender")));
            AssertHolds(frame, inGroup.Json);
        }

        ApiAnswer toHer = await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "just us" }).Is(201);
        foreach (ChatSocket socket in new[] { hers, his })
        {
            JsonElement frame = (await socket.ReceiveAsync()).HasExactly("kind", "id", "message", "user", "sender", "recipient", "timestamp");
            Assert.Equal("private_message", frame.Text("kind"));
            AssertHolds(frame, toHer.Json);
        }

        Assert.Empty(others.TakeReceived());
    }

    [Fact]
    public async Task Joining_Creating_And_Being_Invited_Are_Heard_At_Once()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await using ChatSocket his = await bob.OpenNotificationsAsync();
        Room joined = await sara.OpenAsync();
        await bob.PostAsync($"{joined.Path}join/").Is(204);
        Room made = await bob.OpenAsync();
        Room invited = await sara.OpenAsync("private");
        await invited.AddAsync(bob);

        JsonElement invite = (await his.ReceiveAsync()).HasExactly("kind", "message", "sender", "timestamp", "group", "group_name");
        Assert.Equal(
            ("invite", sara.Username, invited.Slug, "Group " + invited.Slug),
            (invite.Text("kind"), invite.Text("sender"), invite.Text("group"), invite.Text("group_name")));
        foreach (Room room in new[] { joined, made, invited })
        {
            await room.Owner.SayAsync(room, "news").Is(201);
            Assert.Equal(room.Slug, (await his.ReceiveAsync()).Text("group"));
        }
    }

    [Fact]
    public async Task A_Post_That_Makes_A_Member_Is_Heard_By_Their_Open_Sockets_And_So_Is_All_That_Comes_After_It()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket his = await bob.OpenNotificationsAsync();
        await bob.SayAsync(room, "hi").Is(201);
        await sara.SayAsync(room, "welcome").Is(201);
        Assert.Equal("hi", (await his.ReceiveAsync()).Text("message"));
        Assert.Equal("welcome", (await his.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task The_First_Message_Of_A_Pair_Is_Heard_By_Sockets_That_Were_Open_Before()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        await using ChatSocket channel = await bob.OpenPrivateAsync(sara);
        await channel.SendAsync(new { message = "first" });
        Assert.Equal(("private_message", "first"), ((await hers.ReceiveAsync()) is var frame ? frame.Text("kind") : "", frame.Text("message")));
    }

    [Fact]
    public async Task What_Is_Sent_On_It_Is_Refused_In_Words()
    {
        ChatUser sara = await _host.SignedInAsync();
        await using ChatSocket socket = await sara.OpenNotificationsAsync();
        await socket.SendAsync(new { message = "x", client_id = "c" });
        JsonElement frame = (await socket.ReceiveAsync()).HasExactly("error", "client_id");
        Assert.Equal(("forbidden", "c"), (frame.GetProperty("error").Text("code"), frame.Text("client_id")));
    }

    /// <summary>The whole message stands in the notification.</summary>
    private static void AssertHolds(JsonElement frame, JsonElement message) =>
        Assert.All(message.EnumerateObject(), field => Assert.Equal(field.Value.GetRawText(), frame.GetProperty(field.Name).GetRawText()));
}
