using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>What signals cost, as docs/architecture.md has it: operations of Table Storage and calls to Web PubSub, counted on the wire.</summary>
public sealed class SignalBudgetTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const TableRequestKind Read = TableRequestKind.PointRead;

    private readonly Watch _watch = new();
    private readonly CallRecorder _calls = new();
    private TableProxy _proxy = null!;
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;
    private Room _room = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        (_emulator, _host) = await SocketChain.StartAsync(_proxy.ConnectionString, emulator => new ChatHostOptions
        {
            Time = _watch,
            Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        });
        (_sara, _bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        _room = await _sara.OpenAsync();
        await _room.AddAsync(_bob);
        for (int i = 0; i < 9; i++)
        {
            await _sara.SayAsync(_room, "hi").Is(201);
            await _sara.PostAsync(_bob.PrivatePath(), new { message = "hi" }).Is(201);
        }

        await _bob.ReadAsync(_room.Path, 1).Is(204);
        await _bob.ReadAsync(_sara.PrivatePath(), 1).Is(204);
        await _bob.GetAsync("/chat/").Is(200); // Settles what is in doubt, once.
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_Read_Position_In_A_Small_Group_Costs_Three_Reads_And_Two_Writes_And_By_Socket_One_Read_Less()
    {
        await ExpectAsync(() => _bob.ReadAsync(_room.Path, 2).Is(204), calls: 2, Read, Read, Read, TableRequestKind.Update, TableRequestKind.Update);
        await ExpectAsync(() => _bob.ReadAsync(_room.Path, 2).Is(204), calls: 0, Read, Read, Read);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenGroupAsync(_room), "POST /api/hubs/chat/:send");
        await ExpectAsync(() => ReadAsync(socket, 3), calls: 2, Read, Read, TableRequestKind.Update, TableRequestKind.Update);
    }

    [Fact]
    public async Task A_Read_Position_In_A_Large_Group_Costs_Two_Reads_And_One_Write_And_By_Socket_One_Read_Less()
    {
        await _host.CountAsync(_room, 51);
        await ExpectAsync(() => _bob.ReadAsync(_room.Path, 2).Is(204), calls: 1, Read, Read, TableRequestKind.Update);
        await using ChatSocket socket = await _bob.OpenGroupAsync(_room);
        await using ChatSocket notifications = await OpenedAsync(_bob.OpenNotificationsAsync(), "POST /api/hubs/private_chat/:send");
        await ExpectAsync(
            async () =>
            {
                await socket.SendAsync(new { @event = "read", id = 3 });
                await notifications.ReceiveAsync();
            },
            calls: 1,
            Read,
            TableRequestKind.Update);
    }

    [Fact]
    public async Task A_Read_Position_In_Private_Costs_Three_Reads_And_Two_Writes_And_By_Socket_One_Read_Less()
    {
        await ExpectAsync(() => _bob.ReadAsync(_sara.PrivatePath(), 2).Is(204), calls: 2, Read, Read, Read, TableRequestKind.Update, TableRequestKind.Update);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenPrivateAsync(_sara), "POST /api/hubs/private_chat/:send");
        await ExpectAsync(() => ReadAsync(socket, 3), calls: 2, Read, Read, TableRequestKind.Update, TableRequestKind.Update);
    }

    [Fact]
    public async Task Typing_In_A_Group_Costs_Two_Reads_And_Two_Calls_And_By_Socket_One_Read()
    {
        await ExpectAsync(() => _bob.TypeAsync(_room.Path).Is(204), calls: 2, Read, Read);
        await ExpectAsync(() => _bob.TypeAsync(_room.Path).Is(204), calls: 0, Read, Read);
        await ExpectAsync(() => _sara.TypeAsync(_room.Path).Is(204), calls: 2, Read); // The owner's.
        await using ChatSocket socket = await OpenedAsync(_bob.OpenGroupAsync(_room), "POST /api/hubs/chat/:send");
        _watch.Advance(TimeSpan.FromSeconds(3));
        await ExpectAsync(() => TypeAsync(socket), calls: 2, Read);
    }

    [Fact]
    public async Task Typing_In_Private_Costs_Two_Reads_And_Two_Calls_And_By_Socket_One_Read()
    {
        await ExpectAsync(() => _bob.TypeAsync(_sara.PrivatePath()).Is(204), calls: 2, Read, Read);
        await using ChatSocket socket = await OpenedAsync(_bob.OpenPrivateAsync(_sara), "POST /api/hubs/private_chat/:send");
        _watch.Advance(TimeSpan.FromSeconds(3));
        await ExpectAsync(() => TypeAsync(socket), calls: 2, Read);
    }

    [Fact]
    public async Task Presence_Costs_Two_Calls_At_Most_And_None_Within_Five_Seconds()
    {
        await ExpectAsync(() => _bob.GetAsync(_room.Path + "presence/").Is(200), calls: 2, Read, Read, TableRequestKind.Query);
        await ExpectAsync(() => _bob.GetAsync(_room.Path + "presence/").Is(200), calls: 0, Read, Read, TableRequestKind.Query);
        await ExpectAsync(() => _bob.GetAsync(_sara.PrivatePath() + "presence/").Is(200), calls: 2, Read, Read);
        await ExpectAsync(() => _bob.GetAsync(_sara.PrivatePath() + "presence/").Is(200), calls: 0, Read, Read);
    }

    [Fact]
    public async Task To_Come_And_Go_Costs_A_Call_For_Each_Hub_And_One_Or_Three_To_Ask()
    {
        ChatSocket socket = null!;
        await ExpectAsync(async () => socket = await _bob.OpenNotificationsAsync(), calls: 4, Read, TableRequestKind.Query, TableRequestKind.Query); // Of the one group: whether it is small. A minute later it would be read again.
        await ExpectAsync(async () => await socket.DisposeAsync(), calls: 6, TableRequestKind.Query);
    }

    [Fact]
    public async Task To_Come_And_Go_Costs_A_Read_For_A_Chat_With_A_Block_Behind_It()
    {
        await _sara.BlockAsync(_bob).Is(204);
        ChatSocket socket = null!;
        await ExpectAsync(async () => socket = await _bob.OpenNotificationsAsync(), calls: 3, TableRequestKind.Query, TableRequestKind.Query, Read, Read); // The other one is of the group.
        await ExpectAsync(async () => await socket.DisposeAsync(), calls: 4, TableRequestKind.Query, Read);
        await _sara.UnblockAsync(_bob).Is(204);
        await ExpectAsync(async () => socket = await _bob.OpenNotificationsAsync(), calls: 4, TableRequestKind.Query, TableRequestKind.Query, Read);
        await ExpectAsync(async () => await socket.DisposeAsync(), calls: 6, TableRequestKind.Query, Read);
    }

    [Fact]
    public async Task A_Second_Device_Costs_One_Call_To_Come_And_One_To_Go()
    {
        await using ChatSocket first = await OpenedAsync(_bob.OpenNotificationsAsync(), "POST /api/hubs/chat/:send");
        ChatSocket second = null!;
        await ExpectAsync(async () => second = await _bob.OpenNotificationsAsync(), calls: 1, TableRequestKind.Query, TableRequestKind.Query);
        await ExpectAsync(async () => await second.DisposeAsync(), calls: 1);
    }

    [Theory]
    [InlineData("chat", true, 1)]
    [InlineData("private_chat", true, 1)]
    [InlineData("chat", false, 4)]
    [InlineData("private_chat", false, 4)]
    public async Task A_Channels_Socket_Costs_One_Call_Of_Who_Is_Online_Anyway_And_Four_Otherwise(string hub, bool isOnline, int calls)
    {
        ChatSocket? notifications = isOnline ? await OpenedAsync(_bob.OpenNotificationsAsync(), "POST /api/hubs/chat/:send") : null;
        string address = $"/ws/{hub}/{(hub is "chat" ? _room.Slug : _sara.Username)}/";
        ChatSocket socket = null!;
        TableRequestKind[] told = isOnline ? [] : [Read]; // Whether the two hear each other; in a group the review knows how many are told.
        TableRequestKind[] reads = hub is "chat" ? [Read, Read, Read, Read, Read] : [Read, Read, Read, Read, .. told]; // Negotiated, let in, and reviewed.
        await ExpectAsync(async () => socket = await _bob.ConnectAsync(address), calls, reads);
        await ExpectAsync(async () => await socket.DisposeAsync(), calls, told);
        await (notifications?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Opens a socket and waits until the last call that it leads to has begun.</summary>
    private async Task<ChatSocket> OpenedAsync(Task<ChatSocket> opening, string lastCall)
    {
        _calls.Calls.Clear();
        ChatSocket socket = await opening;
        await _calls.WaitForAsync("POST /api/hubs/notifications/:send", lastCall);
        return socket;
    }

    private static async Task ReadAsync(ChatSocket socket, long id)
    {
        await socket.SendAsync(new { @event = "read", id });
        Assert.Equal(id, (await socket.ReceiveAsync()).Number("id"));
    }

    private static async Task TypeAsync(ChatSocket socket)
    {
        await socket.SendAsync(new { @event = "typing" });
        Assert.Equal("typing", (await socket.ReceiveAsync()).Text("event"));
    }

    private async Task ExpectAsync(Func<Task> action, int calls, params TableRequestKind[] operations)
    {
        _proxy.Reset();
        _calls.Calls.Clear();
        await action();
        await Eventually.Async(() => _calls.Calls.Count >= calls && _proxy.Requests.Count >= operations.Length, $"{calls} calls, after {string.Join(", ", _calls.Calls)}");
        Assert.Equal(operations.Order(), _proxy.Requests.Select(request => request.Kind).Order());
        Assert.True(calls == _calls.Calls.Count, string.Join('\n', _calls.Calls));
    }
}
