using System.Diagnostics;
using Azure.Core;
using Emulator;
using Microsoft.Extensions.Logging;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Web PubSub does not answer: what is sent is stored all the same, and its sender learns so.</summary>
public sealed class WebPubSubDownTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() => (_emulator, _host) = await SocketChain.StartAsync(azurite.NewConnectionString(), emulator => new ChatHostOptions
    {
        Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WebPubSub:SendTimeout"] = "00:00:00.500" },
    });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("refuses")]
    [InlineData("breaks off")]
    public async Task Http_Answers_201_In_Time_And_The_Message_Is_In_The_Log(string how)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        _calls.Fault = Fault(how);

        long start = Stopwatch.GetTimestamp();
        for (int i = 1; i <= 20; i++)
        {
            ApiAnswer sent = await sara.SayAsync(room, $"m{i}").Is(201);
            Assert.Equal(i, sent.Json.Number("id"));
        }

        // Hanging calls are given up at once after the first: twenty time limits would be ten seconds.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        await bob.PostAsync($"{room.Path}join/").Is(204);
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{bob.Username}/").Is(204);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "x" }).Is(201);
        await sara.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);
        Assert.Contains(_host.Logs.Entries, entry => entry.Level is LogLevel.Warning && entry.Text.StartsWith("Web PubSub", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Sockets_Sender_Gets_Its_Message_As_A_Direct_Answer()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await using ChatSocket socket = await sara.OpenGroupAsync(room);
        _calls.Fault = Fault("refuses");
        await socket.SendAsync(new { message = "kept", client_id = "c" });
        string receipt = await socket.ReceiveTextAsync();
        ApiAnswer page = await sara.GetAsync(room.Path).Is(200);
        Assert.Equal(Assert.Single(page.Json.List("messages")).GetRawText(), receipt);
    }

    [Fact]
    public async Task Who_Was_Removed_Meanwhile_Hears_Nothing_More_Once_It_Is_Back()
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(eve);
        await using ChatSocket channel = await eve.OpenGroupAsync(room);
        await using ChatSocket notifications = await eve.OpenNotificationsAsync();
        _calls.Fault = Fault("refuses");
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/").Is(204);

        _calls.Fault = null;

        await channel.WaitForCloseAsync();
        await notifications.WaitForCloseAsync();
        await using ChatSocket anew = await eve.OpenNotificationsAsync();
        await sara.SayAsync(room, "without eve").Is(201);
        await sara.PostAsync($"/chat/private/{eve.Username}/", new { message = "you are out" }).Is(201);
        Assert.Equal("you are out", (await anew.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task Who_Joined_Meanwhile_Has_To_Connect_Anew_Once_It_Is_Back_And_Hears_The_Group()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket notifications = await bob.OpenNotificationsAsync();
        _calls.Fault = Fault("refuses");
        await bob.PostAsync($"{room.Path}join/").Is(204);

        _calls.Fault = null;

        await notifications.WaitForCloseAsync();
        await using ChatSocket anew = await bob.OpenNotificationsAsync();
        await sara.SayAsync(room, "welcome").Is(201);
        Assert.Equal("welcome", (await anew.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task When_It_Is_Back_Frames_Flow_Again()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await using ChatSocket socket = await sara.OpenGroupAsync(room);
        _calls.Fault = Fault("refuses");
        for (int i = 0; i < 5; i++)
        {
            await sara.SayAsync(room, "unheard").Is(201);
        }

        _calls.Fault = null;
        int sent = 5;
        await Eventually.Async(
            () =>
            {
                _ = sara.SayAsync(room, "heard");
                sent++;
                return socket.TakeReceived().Count > 0;
            },
            "a frame");
        Assert.True(sent > 5);
    }

    private static Func<HttpMessage, Task> Fault(string how) => how switch
    {
        "hangs" => message => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, message.CancellationToken),
        "refuses" => _ => throw new HttpRequestException("Connection refused"),
        _ => _ => throw new IOException("The answer broke off."),
    };
}
