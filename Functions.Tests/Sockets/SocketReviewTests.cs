using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>
/// Between the answer to <c>connect</c> and the moment that Web PubSub knows a connection, a removal finds no socket to close. The test stands in that gap: it calls the
/// event handler itself, with states as they were.
/// </summary>
public sealed class SocketReviewTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Connected = "azure.webpubsub.sys.connected";
    private const string Message = "azure.webpubsub.user.message";
    private static readonly string Signature = SignedEvents.Sign(WebPubSubEmulatorOptions.DevelopmentAccessKey);

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

    [Theory]
    [InlineData("public", "kick", true)]
    [InlineData("private", "kick", true)]
    [InlineData("private", "delete", true)]
    [InlineData("public", "erase", true)]
    [InlineData("private", "rename", false)]
    [InlineData("private", "nothing", false)]
    public async Task A_Connection_That_Is_Not_Right_Any_More_Is_Closed(string type, string change, bool isClosed)
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync(type);
        await room.AddAsync(eve);
        (string userId, string state) = await ConnectAsync("chat", eve, room.Slug);
        await ChangeAsync(change, sara, eve, room);
        Assert.Equal(isClosed, await IsClosedAsync("chat", userId, state));
    }

    [Theory]
    [InlineData("kick", true)]
    [InlineData("join", true)]
    [InlineData("erase", true)]
    [InlineData("nothing", false)]
    public async Task A_Notifications_Connection_Whose_Groups_Changed_Meanwhile_Is_Closed(string change, bool isClosed)
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(eve);
        (string userId, string state) = await ConnectAsync("notifications", eve, eve.Username);
        await ChangeAsync(change, sara, eve, room);
        Assert.Equal(isClosed, await IsClosedAsync("notifications", userId, state));
    }

    [Theory]
    [InlineData("kick", "forbidden")]
    [InlineData("delete", "not_found")]
    [InlineData("erase", "forbidden")]
    public async Task A_Message_On_An_Old_Right_Is_Refused(string change, string code)
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(eve);
        (string userId, string state) = await ConnectAsync("chat", eve, room.Slug);
        await ChangeAsync(change, sara, eve, room);
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.ReadAsync(SignedEvents.Event(Message, "chat", """{"message":"still?"}""", "text/plain", Signature, userId, state)).Is(200);
        Assert.Equal(code, answer.Json.GetProperty("error").Text("code"));
        Assert.True(change is "delete" || (await sara.GetAsync(room.Path).Is(200)).Json.Number("last_id") == 0);
    }

    /// <summary>What the answer to <c>connect</c> sets.</summary>
    private async Task<(string UserId, string State)> ConnectAsync(string hub, ChatUser user, string name)
    {
        string body = JsonSerializer.Serialize(new { query = new { channel = new[] { name }, token = new[] { user.Token } }, headers = new { } });
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.ReadAsync(SignedEvents.Event("azure.webpubsub.sys.connect", hub, body, "application/json", Signature)).Is(200);
        return (answer.Json.Text("userId")!, answer.Header("ce-connectionState")!);
    }

    private async Task ChangeAsync(string change, ChatUser sara, ChatUser eve, Room room)
    {
        switch (change)
        {
            case "kick":
                await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/").Is(204);
                break;
            case "delete":
                await sara.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);
                break;
            case "erase":
                await eve.EraseAsync();
                break;
            case "rename":
                await sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = "x" }).Is(200);
                break;
            case "join":
                Room other = await (await _host.SignedInAsync()).OpenAsync();
                await eve.PostAsync($"{other.Path}join/").Is(204);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether the app closes the connection in answer to the event.</summary>
    private async Task<bool> IsClosedAsync(string hub, string userId, string state)
    {
        _calls.Calls.Clear();
        using HttpClient client = _host.Anonymous();
        await client.ReadAsync(SignedEvents.Event(Connected, hub, "{}", "application/json", Signature, userId, state)).Is(204);
        return _calls.Calls.Contains($"DELETE /api/hubs/{hub}/connections/{SignedEvents.ConnectionId}");
    }
}
