using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>The three channels of the API document: what is sent and what everyone gets.</summary>
public sealed class ChannelTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    [Fact]
    public async Task A_Message_By_Socket_Reaches_Everyone_On_The_Groups_Channel_And_Its_History()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket one = await sara.OpenGroupAsync(room);
        await using ChatSocket other = await bob.OpenGroupAsync(room);

        await one.SendAsync(new { message = "سلام دنیا 🌍", client_id = "c1", user = "mallory", sender = "mallory", timestamp = "1999-01-01T00:00:00.000Z", id = 77 });

        string frame = await other.ReceiveTextAsync();
        Assert.Equal(frame, await one.ReceiveTextAsync());
        JsonElement message = JsonElement.Parse(frame).HasExactly([.. Expect.GroupMessage, "client_id"]);
        Assert.Equal((1L, "سلام دنیا 🌍", sara.Username, "c1"), (message.Number("id"), message.Text("message"), message.Text("user"), message.Text("client_id")));
        message.Time("timestamp");
        Assert.Contains("سلام دنیا", frame, StringComparison.Ordinal); // As it is, not escaped.
        JsonElement page = (await bob.GetAsync($"/chat/group/{room.Slug}/").Is(200)).Json;
        Assert.Equal(frame, Assert.Single(page.List("messages")).GetRawText());
        Assert.Equal("member", page.GetProperty("group").Text("role"));
    }
}
