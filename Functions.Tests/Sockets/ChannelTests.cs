using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>The three channels of the API document: what is sent and what everyone gets.</summary>
public abstract class ChannelTests(ISocketChain chain)
{
    private readonly RunningChat _host = chain.Host;

    [Fact]
    public async Task A_Message_By_Socket_Reaches_Everyone_On_The_Groups_Channel_And_Its_History()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket one = await sara.OpenGroupAsync(room);
        await using ChatSocket other = await bob.OpenGroupAsync(room);

        await one.SendAsync(new { message = "  سلام دنیا 🌍 ", client_id = "c1", user = "mallory", sender = "mallory", timestamp = "1999-01-01T00:00:00.000Z", id = 77 });

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

    [Fact]
    public async Task A_Message_By_Http_Is_The_Same_Frame()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync("private");
        await using ChatSocket socket = await sara.OpenGroupAsync(room);
        ApiAnswer sent = await sara.SayAsync(room, "over HTTP").Is(201);
        Assert.Equal(sent.Body, await socket.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_Private_Message_Reaches_Both_Sides_Whoever_Sends()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
        await using ChatSocket hers = await sara.OpenPrivateAsync(bob);
        await using ChatSocket his = await bob.OpenPrivateAsync(sara);

        await his.SendAsync(new { message = "hello", recipient = "mallory" });
        string frame = await hers.ReceiveTextAsync();
        Assert.Equal(frame, await his.ReceiveTextAsync());
        JsonElement message = JsonElement.Parse(frame).HasExactly(Expect.PrivateMessage);
        Assert.Equal(
            (1L, "hello", bob.Username, bob.Username, sara.Username),
            (message.Number("id"), message.Text("message"), message.Text("user"), message.Text("sender"), message.Text("recipient")));

        ApiAnswer answer = await sara.PostAsync($"/chat/chat/private/{bob.Username}/", new { message = "سلام" }).Is(201);
        Assert.Equal(answer.Body, await his.ReceiveTextAsync());
        Assert.Equal(answer.Body, await hers.ReceiveTextAsync());
        ApiAnswer page = await bob.GetAsync($"/chat/private/{sara.Username}/").Is(200);
        Assert.Equal([frame, answer.Body], page.Json.List("messages").Select(m => m.GetRawText()));
    }

    [Fact]
    public async Task Notes_To_Oneself_Have_A_Channel_Too()
    {
        ChatUser sara = await _host.SignedInAsync();
        await using ChatSocket socket = await sara.OpenPrivateAsync(sara);
        await using ChatSocket notifications = await sara.OpenNotificationsAsync();
        await socket.SendAsync(new { message = "remember" });
        Assert.Equal((sara.Username, sara.Username), Between(await socket.ReceiveAsync()));
        Assert.Equal((sara.Username, sara.Username), Between(await notifications.ReceiveAsync()));
    }

    [Theory]
    [InlineData("علی", "علي")]
    [InlineData("گروه۱", "گروه1")]
    [InlineData("کتاب‌ها", "كتابها")]
    public async Task A_Slug_In_Another_Spelling_Is_The_Same_Channel(string slug, string other)
    {
        ChatUser sara = await _host.SignedInAsync();
        string suffix = Rooms.NewName();
        Room room = await sara.OpenAsync(slug: slug + suffix);
        await using ChatSocket one = await sara.OpenGroupAsync(room);
        await using ChatSocket two = await sara.ConnectAsync($"/ws/chat/{other}{suffix.ToUpperInvariant()}"); // Without the last slash.
        await one.SendAsync(new { message = "x" });
        Assert.Equal(await one.ReceiveTextAsync(), await two.ReceiveTextAsync());
    }

    [Fact]
    public async Task Negotiation_Takes_Get_And_Post_And_Says_Until_When()
    {
        ChatUser sara = await _host.SignedInAsync();
        ApiAnswer answer = await sara.PostAsync($"/ws/notifications/{sara.Username.ToUpperInvariant()}/").Is(200);
        Assert.InRange(answer.Json.GetProperty("expires_at").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(4), TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.StartsWith($"ws://{chain.Emulator.Endpoint.Authority}/client/hubs/notifications?access_token=", answer.Json.Text("url"), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_Repeat_Is_Answered_With_The_First_Message_To_Its_Sender_Alone()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket one = await sara.OpenGroupAsync(room);
        await using ChatSocket other = await bob.OpenGroupAsync(room);
        string first = (await sara.SayAsync(room, "once", "c").Is(201)).Body;
        Assert.Equal((first, first), (await one.ReceiveTextAsync(), await other.ReceiveTextAsync()));

        await one.SendAsync(new { message = "changed", client_id = "c" });
        Assert.Equal(first, await one.ReceiveTextAsync());
        Assert.Equal(first, (await sara.SayAsync(room, "again", "c").Is(200)).Body);
        await other.SendAsync(new { message = "mine", client_id = "c" });
        JsonElement mine = await other.ReceiveAsync();
        Assert.Equal((2L, "mine"), (mine.Number("id"), mine.Text("message")));
        Assert.Equal(2, (await one.ReceiveAsync()).Number("id"));
    }

    private static (string? Sender, string? Recipient) Between(JsonElement message) => (message.Text("sender"), message.Text("recipient"));
}

/// <summary>Of the app in this process.</summary>
public sealed class ChannelInProcess(SocketChain chain) : ChannelTests(chain), IClassFixture<SocketChain>;
