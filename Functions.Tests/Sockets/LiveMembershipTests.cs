using System.Net.WebSockets;
using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Open sockets follow what becomes of a group and its members, at once.</summary>
public sealed class LiveMembershipTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    [Theory]
    [InlineData("kicked")]
    [InlineData("left")]
    public async Task Who_Is_No_Member_Any_More_Hears_And_Sends_Nothing(string how)
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync(), await _host.SignedInAsync());
        (Room room, Room other) = (await sara.OpenAsync("private"), await sara.OpenAsync("private"));
        await room.AddAsync(bob);
        await room.AddAsync(eve);
        await other.AddAsync(eve);
        await using ChatSocket evicted = await eve.OpenGroupAsync(room);
        await using ChatSocket second = await eve.OpenGroupAsync(room);
        await using ChatSocket elsewhere = await eve.OpenGroupAsync(other);
        await using ChatSocket notifications = await eve.OpenNotificationsAsync();
        await using ChatSocket stays = await bob.OpenGroupAsync(room);
        Uri negotiated = await eve.NegotiateAsync($"/ws/chat/{room.Slug}/");

        ChatUser by = how is "kicked" ? sara : eve;
        await by.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/").Is(204);

        foreach (ChatSocket socket in new[] { evicted, second })
        {
            JsonElement last = JsonElement.Parse(Assert.Single(await socket.WaitForCloseAsync())).HasExactly("event", "slug");
            Assert.Equal(("removed", room.Slug, WebSocketCloseStatus.NormalClosure), (last.Text("event"), last.Text("slug"), socket.CloseStatus));
        }

        JsonElement notice = await notifications.ReceiveAsync();
        Assert.Equal(("removed", room.Slug, by.Username), (notice.Text("kind"), notice.Text("group"), notice.Text("sender")));
        Assert.Equal(404, (await Assert.ThrowsAsync<SocketRefusedException>(() => ChatSocket.OpenAsync(negotiated))).Status);

        await sara.SayAsync(room, "without eve").Is(201);
        Assert.Equal("without eve", (await stays.ReceiveAsync()).Text("message"));
        await sara.SayAsync(other, "with eve").Is(201);
        Assert.Equal("with eve", (await elsewhere.ReceiveAsync()).Text("message"));
        Assert.Equal("with eve", (await notifications.ReceiveAsync()).Text("message")); // and nothing of the first group before it
    }

    [Fact]
    public async Task A_Deleted_Groups_Sockets_Are_Told_And_Closed_And_Its_Slug_Starts_Anew()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket hers = await sara.OpenGroupAsync(room);
        await using ChatSocket his = await bob.OpenGroupAsync(room);
        await using ChatSocket notifications = await bob.OpenNotificationsAsync();

        await sara.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);

        foreach (ChatSocket socket in new[] { hers, his })
        {
            JsonElement last = JsonElement.Parse(Assert.Single(await socket.WaitForCloseAsync())).HasExactly("event", "slug");
            Assert.Equal(("group_deleted", room.Slug), (last.Text("event"), last.Text("slug")));
        }

        JsonElement notice = await notifications.ReceiveAsync();
        Assert.Equal(("group_deleted", room.Slug, sara.Username), (notice.Text("kind"), notice.Text("group"), notice.Text("sender")));
        await sara.OpenAsync("private", room.Slug);
        await sara.SayAsync(room, "the new group's").Is(201);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "psst" }).Is(201);
        Assert.Equal("psst", (await notifications.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task Changes_Of_A_Group_Leave_Its_Members_Sockets_Working()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket his = await bob.OpenGroupAsync(room);
        await SayAsync("before");
        await sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = "another", type = "private" }).Is(200);
        await SayAsync("after a change of the type");
        await room.AddAsync(bob, "admin");
        await SayAsync("after a change of the role");
        await room.AddAsync(bob, "owner");
        await SayAsync("as the owner");
        await SayAsync("and again");

        async Task SayAsync(string text)
        {
            await his.SendAsync(new { message = text });
            Assert.Equal(text, (await his.ReceiveAsync()).Text("message"));
        }
    }
}
