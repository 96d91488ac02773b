using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Entries that are no messages, answers and mentions, as sockets hear them.</summary>
public sealed class EntryFrameTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    [Fact]
    public async Task Edits_Deletions_And_Reactions_Reach_The_Groups_Channel_As_History_Has_Them()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync(Rooms.NewName("باب")));
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await using ChatSocket socket = await bob.OpenGroupAsync(room);
        await sara.SayAsync(room, "سلم").Is(201);
        await socket.ReceiveAsync();

        await sara.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = "سلام" }).Is(200);
        JsonElement edited = (await socket.ReceiveAsync()).HasExactly([.. Expect.GroupMessage, "event", "target"]);
        Assert.Equal(("edited", 1L, 2L, "سلام"), (edited.Text("event"), edited.Number("target"), edited.Number("id"), edited.Text("message")));
        await bob.SendAsync(HttpMethod.Put, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("👍")}/").Is(204);
        string reaction = await socket.ReceiveTextAsync();
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}messages/1/").Is(204);
        string deleted = await socket.ReceiveTextAsync();

        JsonElement[] entries = (await bob.GetAsync(room.Path).Is(200)).Json.List("messages");
        Assert.Equal([reaction, deleted], entries[2..].Select(entry => entry.GetRawText()));
    }

    [Fact]
    public async Task They_Reach_Notifications_With_Their_Kind()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        string path = $"/chat/private/{bob.Username}/";
        await using ChatSocket his = await bob.OpenNotificationsAsync();
        await sara.PostAsync(path, new { message = "one" }).Is(201);
        Assert.Equal("private_message", (await his.ReceiveAsync()).Text("kind"));
        await sara.PostAsync(path, new { message = "two", reply_to = 1 }).Is(201);
        Assert.Equal(1, (await his.ReceiveAsync()).Number("reply_to"));

        await sara.SendAsync(HttpMethod.Patch, path + "messages/1/", new { message = "ONE" }).Is(200);
        JsonElement edited = (await his.ReceiveAsync()).HasExactly("kind", "id", "message", "user", "sender", "recipient", "timestamp", "target");
        Assert.Equal(("edited", 1L, "ONE", sara.Username, bob.Username), (edited.Text("kind"), edited.Number("target"), edited.Text("message"), edited.Text("sender"), edited.Text("recipient")));
        await sara.SendAsync(HttpMethod.Put, $"{path}messages/2/reactions/{Uri.EscapeDataString("🌹")}/").Is(204);
        JsonElement reaction = (await his.ReceiveAsync()).HasExactly("kind", "id", "message", "user", "sender", "recipient", "timestamp", "target", "emoji", "count");
        Assert.Equal(("reaction", "🌹", 1L, 2L), (reaction.Text("kind"), reaction.Text("emoji"), reaction.Number("count"), reaction.Number("target")));
        await sara.SendAsync(HttpMethod.Delete, $"{path}messages/2/reactions/{Uri.EscapeDataString("🌹")}/").Is(204);
        Assert.True((await his.ReceiveAsync()).GetProperty("removed").GetBoolean());
        await sara.SendAsync(HttpMethod.Delete, path + "messages/2/").Is(204);
        JsonElement deleted = (await his.ReceiveAsync()).HasExactly("kind", "id", "message", "user", "sender", "recipient", "timestamp", "target");
        Assert.Equal(("deleted", 2L), (deleted.Text("kind"), deleted.Number("target")));
        Assert.NotEmpty(deleted.Text("message")!);
    }

    [Fact]
    public async Task A_Socket_Sends_An_Answer()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        foreach (ChatSocket opened in new[] { await sara.OpenGroupAsync(room), await sara.OpenPrivateAsync(bob) })
        {
            await using ChatSocket socket = opened;
            await socket.SendAsync(new { message = "x", reply_to = 1, client_id = "early" });
            JsonElement refused = (await socket.ReceiveAsync()).HasExactly("error", "client_id");
            Assert.Equal("invalid_request", refused.GetProperty("error").Text("code"));
            await socket.SendAsync(new { message = "question" });
            await socket.ReceiveAsync();
            await socket.SendAsync(new { message = "answer", reply_to = 1 });
            Assert.Equal(1, (await socket.ReceiveAsync()).Number("reply_to"));
        }
    }

    [Fact]
    public async Task A_Member_Who_Is_Mentioned_Is_Told_And_Nobody_Else()
    {
        (ChatUser sara, ChatUser ali, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync(Rooms.NewName("علی")), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(ali);
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        await using ChatSocket his = await ali.OpenNotificationsAsync();
        await using ChatSocket others = await eve.OpenNotificationsAsync();

        ApiAnswer sent = await sara.SayAsync(room, $"@{ali.Username}، @{eve.Username} @{sara.Username} @nobody-{room.Slug}").Is(201);

        JsonElement[] frames = [await his.ReceiveAsync(), await his.ReceiveAsync()];
        JsonElement mention = frames.Single(frame => frame.Text("kind") is "mention").HasExactly("kind", "id", "message", "user", "sender", "timestamp", "group");
        Assert.Equal((1L, sent.Json.Text("message"), sara.Username, room.Slug), (mention.Number("id"), mention.Text("message"), mention.Text("sender"), mention.Text("group")));
        Assert.Equal("group_message", (await hers.ReceiveAsync()).Text("kind"));
        await sara.SayAsync(room, "nobody").Is(201); // What comes next shows that nothing came between.
        Assert.Equal(("group_message", 2L), ((await hers.ReceiveAsync()) is var next ? next.Text("kind") : "", next.Number("id")));
        Assert.Equal("group_message", (await his.ReceiveAsync()).Text("kind"));
        Assert.Empty(others.TakeReceived());
    }
}
