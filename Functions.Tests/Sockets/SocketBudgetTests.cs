using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Sockets;

/// <summary>The billable operations of docs/architecture.md, counted: those of Table Storage and those of Web PubSub.</summary>
public sealed class SocketBudgetTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly CallRecorder _calls = new();
    private TableProxy _proxy = null!;
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        (_emulator, _host) = await SocketChain.StartAsync(_proxy.ConnectionString, emulator => new ChatHostOptions
        {
            Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        });
        (_sara, _bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await _sara.OpenAsync(); // Makes the tables.
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task A_Message_By_Socket_To_A_Group_Costs_One_Batch_And_Two_Calls(string type)
    {
        Room room = await _sara.OpenAsync(type);
        await room.AddAsync(_bob);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenGroupAsync(room));
        await SettleAsync(socket, _bob, room.Path);

        await ExpectAsync(() => SendAsync(socket, "second"), calls: 2, TableRequestKind.Batch);
        await ExpectAsync(() => _bob.SayAsync(room, "over HTTP").Is(201), calls: 2, TableRequestKind.PointRead, TableRequestKind.Batch);
    }

    [Fact]
    public async Task A_Message_By_Socket_To_A_Person_Costs_One_Batch_And_Two_Calls()
    {
        await _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = "first" }).Is(201);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenPrivateAsync(_sara), "private_chat");
        await SettleAsync(socket, _bob, $"/chat/private/{_sara.Username}/");

        await ExpectAsync(() => SendAsync(socket, "second"), calls: 2, TableRequestKind.Batch);
        await ExpectAsync(
            () => _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = "over HTTP" }).Is(201), calls: 2, TableRequestKind.PointRead, TableRequestKind.Batch);
    }

    [Fact]
    public async Task A_Change_Of_The_Group_Costs_The_Next_Message_More_And_The_One_After_It_Nothing()
    {
        Room room = await _sara.OpenAsync();
        await room.AddAsync(_bob);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenGroupAsync(room));
        await SendAsync(socket, "first");
        await _sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = "another" }).Is(200);

        await SendAsync(socket, "decided anew");
        await SettleAsync(socket, _bob, room.Path);
        await ExpectAsync(() => SendAsync(socket, "as before"), calls: 2, TableRequestKind.Batch);
    }

    [Fact]
    public async Task A_Message_After_Another_Instances_Costs_A_Refused_Batch_And_A_Read_More()
    {
        Room room = await _sara.OpenAsync();
        await room.AddAsync(_bob);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenGroupAsync(room));
        await SettleAsync(socket, _bob, room.Path);
        await using ChatHost other = await ChatHost.StartAsync(_proxy.ConnectionString);
        await _bob.On(other).SayAsync(room, "there").Is(201);

        await ExpectAsync(() => SendAsync(socket, "here"), calls: 2, TableRequestKind.Batch, TableRequestKind.PointRead, TableRequestKind.Batch);
    }

    [Fact]
    public async Task A_Revision_Costs_Two_Reads_A_Batch_And_Two_Calls_And_Nothing_More_When_It_Changes_Nothing()
    {
        Room room = await _sara.OpenAsync();
        await room.AddAsync(_bob);
        await _bob.SayAsync(room, "one").Is(201);
        await _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = "one" }).Is(201);
        string thumb = $"messages/1/reactions/{Uri.EscapeDataString("👍")}/";
        TableRequestKind[] look = [TableRequestKind.PointRead, TableRequestKind.PointRead];

        foreach (string path in new[] { room.Path, $"/chat/private/{_sara.Username}/" })
        {
            await ExpectAsync(() => _bob.SendAsync(HttpMethod.Patch, path + "messages/1/", new { message = "two" }).Is(200), calls: 2, [.. look, TableRequestKind.Batch]);
            await ExpectAsync(() => _bob.SendAsync(HttpMethod.Put, path + thumb).Is(204), calls: 2, [.. look, TableRequestKind.Batch]);
            await ExpectAsync(() => _bob.SendAsync(HttpMethod.Put, path + thumb).Is(204), calls: 0, look);
            await ExpectAsync(() => _bob.SendAsync(HttpMethod.Delete, path + "messages/1/").Is(204), calls: 2, [.. look, TableRequestKind.Batch]);
        }

        await _sara.SayAsync(room, "the owner's").Is(201);
        await ExpectAsync(() => _sara.SendAsync(HttpMethod.Put, room.Path + thumb.Replace("/1/", "/5/", StringComparison.Ordinal)).Is(204), calls: 2, TableRequestKind.PointRead, TableRequestKind.Batch);
    }

    [Fact]
    public async Task A_Mention_Costs_Two_Reads_And_A_Call_And_An_At_Sign_Alone_Nothing()
    {
        Room room = await _sara.OpenAsync();
        await room.AddAsync(_bob);
        await _sara.SayAsync(room, "settled").Is(201);
        await ExpectAsync(() => _sara.SayAsync(room, $"@{_bob.Username}").Is(201), calls: 3, TableRequestKind.Batch, TableRequestKind.PointRead, TableRequestKind.PointRead);
        await ExpectAsync(() => _sara.SayAsync(room, "me@example.com @ @").Is(201), calls: 2, TableRequestKind.Batch);
    }

    [Fact]
    public async Task Negotiation_Costs_Two_Reads_At_Most_And_No_Call()
    {
        Room room = await _sara.OpenAsync("private");
        await room.AddAsync(_bob);
        await ExpectAsync(() => _bob.NegotiateAsync($"/ws/chat/{room.Slug}/"), calls: 0, TableRequestKind.PointRead, TableRequestKind.PointRead);
        await ExpectAsync(() => _bob.NegotiateAsync($"/ws/private_chat/{_sara.Username}/"), calls: 0, TableRequestKind.PointRead);
        await ExpectAsync(() => _bob.NegotiateAsync($"/ws/notifications/{_bob.Username}/"), calls: 0);
    }

    [Fact]
    public async Task What_Moves_No_Socket_Makes_No_Call_And_A_New_Group_Makes_One()
    {
        Room room = await _sara.OpenAsync();
        _calls.Calls.Clear();
        await _sara.GetAsync("/chat/").Is(200);
        await _sara.GetAsync(room.Path).Is(200);
        await _sara.GetAsync("/chat/profile/").Is(200);
        await _host.LogInAsync(_sara.Username, _sara.Password);
        Assert.Empty(_calls.Calls);
        await _sara.OpenAsync();
        Assert.Single(_calls.Calls);
    }

    /// <summary>A socket whose owner was told to be online: that follows its opening, and is counted elsewhere.</summary>
    private async Task<ChatSocket> OpenedAsync(Task<ChatSocket> opening, string hub = "chat")
    {
        ChatSocket socket = await opening;
        await _calls.WaitForAsync("POST /api/hubs/notifications/:send", $"POST /api/hubs/{hub}/:send");
        return socket;
    }

    /// <summary>A message over HTTP, answered when all that was to be published before it is published.</summary>
    private static async Task SettleAsync(ChatSocket socket, ChatUser user, string path)
    {
        await user.PostAsync(path, new { message = "settled" }).Is(201);
        Assert.Equal("settled", (await socket.ReceiveAsync()).Text("message"));
    }

    private static async Task SendAsync(ChatSocket socket, string text)
    {
        await socket.SendAsync(new { message = text });
        Assert.Equal(text, (await socket.ReceiveAsync()).Text("message"));
    }

    private async Task ExpectAsync(Func<Task> action, int calls, params TableRequestKind[] operations)
    {
        _proxy.Reset();
        _calls.Calls.Clear();
        await action();
        await Eventually.Async(() => _calls.Calls.Count >= calls, "the calls to Web PubSub");
        Assert.Equal(operations.Order(), _proxy.Requests.Select(request => request.Kind).Order());
        Assert.True(calls == _calls.Calls.Count, string.Join('\n', _calls.Calls));
    }
}
