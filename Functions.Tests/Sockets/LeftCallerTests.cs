using System.Net.WebSockets;
using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Whoever made a change has gone, or ran into the time limit, while it was being stored: the open sockets of everybody follow it all the same.</summary>
public sealed class LeftCallerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableProxy _storage = null!;
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await TableProxy.StartAsync(azurite.NewConnectionString());
        (_emulator, _host) = await SocketChain.StartAsync(_storage.ConnectionString, _ => new ChatHostOptions
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Hosting:RequestTimeout"] = "00:00:03" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_Removed_Member_Hears_Nothing_More()
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(eve);
        await using ChatSocket channel = await eve.OpenGroupAsync(room);
        await using ChatSocket notifications = await eve.OpenNotificationsAsync();

        await LeaveDuringTheStoreAsync(() => sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/"));

        Assert.Equal("removed", JsonElement.Parse(Assert.Single(await channel.WaitForCloseAsync())).Text("event"));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, channel.CloseStatus);
        Assert.Equal("removed", (await notifications.ReceiveAsync()).Text("kind"));
        await sara.SayAsync(room, "without eve").Is(201);
        await sara.PostAsync($"/chat/private/{eve.Username}/", new { message = "you are out" }).Is(201);
        Assert.Equal("you are out", (await notifications.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task A_Deleted_Groups_Sockets_Are_Closed()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket channel = await bob.OpenGroupAsync(room);

        await LeaveDuringTheStoreAsync(() => sara.PostAsync($"/chat/delete_group/{room.Slug}/"));

        Assert.Equal("group_deleted", JsonElement.Parse(Assert.Single(await channel.WaitForCloseAsync())).Text("event"));
    }

    [Theory]
    [InlineData("joins")]
    [InlineData("posts")]
    [InlineData("is invited")]
    public async Task A_New_Member_Hears_The_Group(string how)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket his = await bob.OpenNotificationsAsync();

        await LeaveDuringTheStoreAsync(() => how switch
        {
            "joins" => bob.PostAsync($"{room.Path}join/"),
            "posts" => bob.SayAsync(room, "hi"),
            _ => sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{bob.Username}/", new { role = "member" }),
        });

        if (how is not "joins")
        {
            Assert.Equal(how is "posts" ? "group_message" : "invite", (await his.ReceiveAsync()).Text("kind"));
        }

        await sara.SayAsync(room, "welcome").Is(201);
        Assert.Equal("welcome", (await his.ReceiveAsync()).Text("message"));
    }

    /// <summary>Makes a change, and lets storage have it when its caller has been sent away by the time limit.</summary>
    private async Task LeaveDuringTheStoreAsync(Func<Task<ApiAnswer>> change)
    {
        var left = new TaskCompletionSource();
        _storage.Gate = request => request is { Kind: TableRequestKind.Batch, Table: "conversations" } ? left.Task : Task.CompletedTask;
        await change().Is(503);
        _storage.Gate = null;
        left.SetResult();
    }
}
