using System.Text.Json;
using Emulator;
using ServerlessChat.Signals;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>Events that come late, twice, or with what is none of ours: the test calls the event handler itself. None of them is believed.</summary>
public sealed class PresenceEventTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Connected = "azure.webpubsub.sys.connected";
    private const string Disconnected = "azure.webpubsub.sys.disconnected";
    private static readonly string Signature = SignedEvents.Sign(WebPubSubEmulatorOptions.DevelopmentAccessKey);

    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() => (_emulator, _host) = await SocketChain.StartAsync(
        azurite.NewConnectionString(),
        emulator => new ChatHostOptions
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Signals:Burst"] = "3", ["Signals:PerSecond"] = "1", ["WebPubSub:SendTimeout"] = "00:00:00.500" },
            Time = new Watch(),
            Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        },
        without: "connected");

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("private_chat")]
    [InlineData("notifications")]
    public async Task A_Late_End_While_Another_Socket_Is_Open_And_A_Late_Beginning_After_The_End_Tell_Nobody(string hub)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob);
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        string name = hub switch { "chat" => room.Slug, "private_chat" => bob.Username, _ => sara.Username };
        (string userId, string state) = await ConnectAsync(hub, sara, name);

        Assert.Empty(await SendsAsync(Connected, hub, userId, state)); // It is gone again: no such connection.
        await using (await sara.ConnectAsync($"/ws/{hub}/{name}/"))
        {
            Assert.Empty(await SendsAsync(Disconnected, hub, userId, state));
            Assert.Empty(await SendsAsync(Connected, hub, userId, state)); // There is another one, and it is not this one.
        }

        await Eventually.Async(() => _calls.Calls.Any(call => call.EndsWith(":send", StringComparison.Ordinal)), "the others to be told that it is closed");
        Assert.NotEmpty(await SendsAsync(Disconnected, hub, userId, state)); // Twice does no harm.
    }

    [Fact]
    public async Task A_Connection_That_Its_Group_Does_Not_Show_Yet_Counts_When_Its_Person_Is_Connected()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (Room room, Room other) = (await sara.OpenAsync(), await sara.OpenAsync());
        await room.AddAsync(bob);
        (string userId, string state) = await ConnectAsync("chat", sara, room.Slug);
        Assert.Empty(await SendsAsync(Connected, "chat", userId, state));
        await using ChatSocket elsewhere = await sara.OpenGroupAsync(other);
        Assert.Equal(2, (await SendsAsync(Connected, "chat", userId, state)).Count);
    }

    [Theory]
    [InlineData(null, "x")]
    [InlineData("a", null)]
    [InlineData("a", "not base64!")]
    [InlineData("a", "bnVsbA==")]
    [InlineData("a", "e30=")]
    public async Task A_State_That_Is_None_Of_Ours_Tells_Nobody(string? userId, string? state)
    {
        foreach (string type in new[] { Connected, Disconnected })
        {
            Assert.Empty(await SendsAsync(type, "notifications", userId, state));
            Assert.Empty(_calls.Calls);
        }
    }

    [Fact]
    public async Task Somebody_Who_Has_No_Conversation_With_Another_Is_Not_Told_Of_Them()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (string userId, string state) = await ConnectAsync("private_chat", sara, bob.Username);
        Assert.Empty(await SendsAsync(Disconnected, "private_chat", userId, state));
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        Assert.Equal(2, (await SendsAsync(Disconnected, "private_chat", userId, state)).Count);
    }

    [Fact]
    public async Task Who_Comes_And_Goes_All_The_Time_Is_Not_Told_Of_Each_Time()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        (string userId, string state) = await ConnectAsync("private_chat", sara, bob.Username);
        int told = 0;
        for (int i = 0; i < PresenceRate.Burst + 3; i++)
        {
            told += (await SendsAsync(Disconnected, "private_chat", userId, state)).Count / 2;
        }

        Assert.Equal(PresenceRate.Burst, told);
        _calls.Calls.Clear();
        Assert.Empty(await SendsAsync(Disconnected, "private_chat", userId, state));
        Assert.Empty(_calls.Calls); // Nor is Web PubSub asked.
    }

    [Fact]
    public async Task Where_Web_PubSub_Does_Not_Say_Whether_Another_Socket_Is_Open_Nobody_Is_Said_To_Be_Offline()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync(bob.PrivatePath(), new { message = "hi" }).Is(201);
        (string userId, string state) = await ConnectAsync("notifications", sara, sara.Username);
        _calls.Fault = _ => throw new HttpRequestException("Connection refused");
        Assert.Empty(await SendsAsync(Disconnected, "notifications", userId, state));
        Assert.All(_calls.Calls, call => Assert.StartsWith("HEAD ", call, StringComparison.Ordinal));
    }

    /// <summary>The sends that an event leads to.</summary>
    private async Task<List<string>> SendsAsync(string type, string hub, string? userId, string? state)
    {
        _calls.Calls.Clear();
        using HttpClient client = _host.Anonymous();
        await client.ReadAsync(SignedEvents.Event(type, hub, "{}", "application/json", Signature, userId, state)).Is(204);
        return [.. _calls.Calls.Where(call => call.EndsWith(":send", StringComparison.Ordinal))];
    }

    private async Task<(string UserId, string State)> ConnectAsync(string hub, ChatUser user, string name)
    {
        string body = JsonSerializer.Serialize(new { query = new { channel = new[] { name }, token = new[] { user.Token } }, headers = new { } });
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.ReadAsync(SignedEvents.Event("azure.webpubsub.sys.connect", hub, body, "application/json", Signature)).Is(200);
        return (answer.Json.Text("userId")!, answer.Header("ce-connectionState")!);
    }
}
