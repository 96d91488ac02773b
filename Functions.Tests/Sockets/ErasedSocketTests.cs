using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>What becomes of sockets when an account is erased: the erased one's, and those of the people who spoke with it.</summary>
public sealed class ErasedSocketTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;
    private Room _room = null!;

    public async ValueTask InitializeAsync()
    {
        (_emulator, _host) = await SocketChain.StartAsync(azurite.NewConnectionString(), emulator => new ChatHostOptions
        {
            Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        });
        (_sara, _bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
        _room = await _bob.OpenAsync("private");
        await _room.AddAsync(_sara);
        await _sara.SayAsync(_room, "hi").Is(201);
        await _sara.PostAsync($"/chat/private/{_bob.Username}/", new { message = "psst" }).Is(201);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task All_Of_The_Erased_Are_Closed_And_Those_Of_Others_Stay()
    {
        await using ChatSocket group = await _sara.OpenGroupAsync(_room);
        await using ChatSocket pair = await _sara.OpenPrivateAsync(_bob);
        await using ChatSocket notifications = await _sara.OpenNotificationsAsync();
        await using ChatSocket stays = await _bob.OpenGroupAsync(_room);
        await using ChatSocket hears = await _bob.OpenNotificationsAsync();
        Uri[] negotiated = await Task.WhenAll(
            _sara.NegotiateAsync($"/ws/chat/{_room.Slug}/"), _sara.NegotiateAsync($"/ws/notifications/{_sara.Username}/"), _sara.NegotiateAsync($"/ws/private_chat/{_bob.Username}/"));
        _calls.Calls.Clear();

        await _sara.EraseAsync();

        Assert.Equal(6, _calls.Calls.Count(static call => call.Contains(":closeConnections", StringComparison.Ordinal))); // Each hub when the account is gone, and again when its memberships are.
        foreach (ChatSocket socket in new[] { group, pair, notifications })
        {
            Assert.Empty(await socket.WaitForCloseAsync());
        }

        Assert.Equal(404, (await Assert.ThrowsAsync<SocketRefusedException>(() => ChatSocket.OpenAsync(negotiated[0]))).Status);
        Assert.Equal(401, (await Assert.ThrowsAsync<SocketRefusedException>(() => ChatSocket.OpenAsync(negotiated[1]))).Status);
        Assert.Equal(401, (await Assert.ThrowsAsync<SocketRefusedException>(() => ChatSocket.OpenAsync(negotiated[2]))).Status);
        await _bob.SayAsync(_room, Texts.Persian).Is(201);
        Assert.Equal(Texts.Persian, (await stays.ReceiveAsync()).Text("message"));
        JsonElement heard = await hears.ReceiveAsync();
        Assert.Equal((Texts.Persian, "group_message"), (heard.Text("message"), heard.Text("kind")));
    }

    [Fact]
    public async Task A_Message_On_The_Others_Open_Socket_Is_Refused_And_Nothing_Is_Stored()
    {
        await using ChatSocket socket = await _bob.OpenPrivateAsync(_sara);
        await _sara.EraseAsync();

        await socket.SendAsync(new { message = "are you there?", client_id = "c" });

        JsonElement frame = (await socket.ReceiveAsync()).HasExactly("error", "client_id");
        Assert.Equal("not_found", frame.GetProperty("error").Text("code"));
        JsonElement chat = Assert.Single((await _bob.GetAsync("/chat/").Is(200)).Json.List("private_chats"));
        Assert.Equal(("deleted user", "psst"), (chat.Text("display_name"), chat.GetProperty("last_message").Text("message")));
        await _bob.GetAsync($"/ws/private_chat/{chat.Text("username")}/").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_Read_Position_On_The_Others_Open_Socket_Tells_Nobody_The_Name()
    {
        await _sara.PostAsync($"/chat/private/{_bob.Username}/", new { message = "unread" }).Is(201);
        await using ChatSocket socket = await _bob.OpenPrivateAsync(_sara);
        await using ChatSocket hears = await _bob.OpenNotificationsAsync();
        await _sara.EraseAsync();

        await socket.SendAsync(new { @event = "read", id = 2 });

        JsonElement heard = await hears.ReceiveAsync();
        Assert.Equal(("read", 2), (heard.Text("kind"), heard.Number("id")));
        Assert.DoesNotContain(_sara.Username, heard.GetRawText(), StringComparison.Ordinal);
        JsonElement chat = Assert.Single((await _bob.GetAsync("/chat/").Is(200)).Json.List("private_chats"));
        Assert.Equal((0, heard.Text("recipient")), (chat.Number("unread"), chat.Text("username")));
    }

    [Fact]
    public async Task When_Web_PubSub_Does_Not_Answer_The_Sweep_Closes_Them()
    {
        await using ChatSocket group = await _sara.OpenGroupAsync(_room);
        await using ChatSocket pair = await _sara.OpenPrivateAsync(_bob);
        _calls.Fault = static _ => throw new HttpRequestException("refused");
        await _sara.EraseAsync();
        Assert.False(group.Closed.IsCompleted || pair.Closed.IsCompleted);

        _calls.Fault = null;
        using HttpClient timer = _host.Anonymous();
        await Eventually.Async(
            async () =>
            {
                await timer.PostJsonAsync("/sweep").Is(200); // Calls are given up at once for a while after those that failed.
                return group.Closed.IsCompleted && pair.Closed.IsCompleted;
            },
            "the sockets to be closed");
    }
}
