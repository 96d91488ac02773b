using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;
using ServerlessChat.Tests.Signals;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Blocks;

/// <summary>What blocks cost, as docs/architecture.md has it, counted on the wire.</summary>
public sealed class BlockBudgetTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const TableRequestKind Read = TableRequestKind.PointRead;
    private const TableRequestKind Query = TableRequestKind.Query;
    private const TableRequestKind Batch = TableRequestKind.Batch;
    private const TableRequestKind Update = TableRequestKind.Update;
    private const TableRequestKind Delete = TableRequestKind.Delete;

    private TableProxy _proxy = null!;
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        (_emulator, _host) = await SocketChain.StartAsync(_proxy.ConnectionString, without: "connected"); // Else the presence that it leads to is counted too.
        (_sara, _bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await _bob.TellAsync(_sara).Is(201); // Makes the tables, and the conversation.
        await Task.WhenAll(_sara.GetAsync("/chat/").Is(200), _bob.GetAsync("/chat/").Is(200));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task To_Block_And_Unblock(bool isBegun)
    {
        ChatUser other = isBegun ? _bob : await _host.SignedInAsync();
        await ExpectAsync(204, () => _sara.UnblockAsync(other), Read, Read, Read);
        await ExpectAsync(204, () => _sara.BlockAsync(other), Read, Read, Query, Batch, Batch, Batch, Update);
        await ExpectAsync(204, () => _sara.BlockAsync(other), Read, Read);
        await ExpectAsync(200, () => _sara.GetAsync(BlockCalls.List), Read, Query);
        await ExpectAsync(204, () => _sara.UnblockAsync(other), Read, Read, Read, Update, Update, Batch, Delete, Delete);
    }

    [Fact]
    public async Task A_Refused_Message_Costs_A_Read_And_With_A_Client_Id_Another()
    {
        await _sara.BlockAsync(_bob).Is(204);

        await ExpectAsync(403, () => _bob.TellAsync(_sara), Read, Read);
        await ExpectAsync(403, () => _bob.TellAsync(_sara, "hi", "c"), Read, Read, Read);
        await ExpectAsync(403, () => _bob.SendAsync(HttpMethod.Patch, _sara.Chat() + "messages/1/", new { message = "x" }), Read, Read);
        await using ChatSocket socket = await _bob.OpenPrivateAsync(_sara);
        _proxy.Reset();
        await socket.SendAsync(new { message = "hi" });
        Assert.Equal("blocked", (await socket.ReceiveAsync()).GetProperty("error").Text("code"));
        Assert.Equal([Read], _proxy.Requests.Select(request => request.Kind));
        await _sara.UnblockAsync(_bob).Is(204);
        await ExpectAsync(201, () => _bob.TellAsync(_sara), Read, Batch);
    }

    [Fact]
    public async Task A_Page_A_Dashboard_And_An_Export_Cost_What_They_Did()
    {
        await _sara.BlockAsync(_bob).Is(204);

        await ExpectAsync(200, () => _sara.GetAsync(_bob.Chat()), Read, Read, Query);
        await ExpectAsync(200, () => _sara.GetAsync("/chat/"), Query, Read, Query, Query, Query, Query);
        await ExpectAsync(200, () => _sara.GetAsync("/chat/profile/export/"), Query, Read, Query);
    }

    [Fact]
    public async Task A_Read_Position_Costs_A_Read_More_Where_There_Was_A_Block_And_While_It_Stands_Two_Operations_Less()
    {
        for (int i = 0; i < 3; i++)
        {
            await _bob.TellAsync(_sara).Is(201);
        }

        await _sara.ReadAsync(_bob.PrivatePath(), 1).Is(204);
        await ExpectAsync(204, () => _sara.ReadAsync(_bob.PrivatePath(), 2), Read, Read, Read, Update, Update);
        await _sara.BlockAsync(_bob).Is(204);
        await ExpectAsync(204, () => _sara.ReadAsync(_bob.PrivatePath(), 3), Read, Read, Read, Update);
        await _sara.UnblockAsync(_bob).Is(204);
        await ExpectAsync(204, () => _sara.ReadAsync(_bob.PrivatePath(), 4), Read, Read, Read, Read, Update, Update);
    }

    [Fact]
    public async Task An_Erasure_Costs_Three_For_A_Block_Of_Ones_Own_And_One_For_A_Blocker()
    {
        TableRequestKind[] alone = [Query, TableRequestKind.Upsert, Batch, Query, Update, Query, Batch];
        ChatUser[] others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _host.SignedInAsync()));
        await EraseAsync(others[0]).Is(204); // Makes the table of the sweep.
        await _sara.BlockAsync(others[1]).Is(204);
        await ExpectAsync(204, () => EraseAsync(others[1]), Query, TableRequestKind.Upsert, Batch, Query, Update); // Looked at again by the sweep: the block is young.
        string erased = Assert.Single(await _sara.BlockedAsync());
        await ExpectAsync(204, () => _sara.UnblockAsync(erased), Read, Query, Read, Update, Batch, Delete);
        await others[2].BlockAsync(_bob).Is(204);

        await ExpectAsync(204, () => EraseAsync(others[2]), [.. alone, Read, Batch, Delete]);

        static Task<ApiAnswer> EraseAsync(ChatUser user) => user.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = user.Password });
    }

    [Fact]
    public async Task An_Invitation_Reads_Whether_The_Caller_Is_Blocked()
    {
        Room room = await _sara.OpenAsync();
        ChatUser[] others = [await _host.SignedInAsync(), _bob];
        await _sara.BlockAsync(_bob).Is(204); // Whom the caller blocks can be invited.
        foreach (ChatUser other in others)
        {
            await ExpectAsync(200, () => _sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{other.Username}/"), Read, Read, Read, Read, Read, Batch, Batch, Update);
        }

        await _bob.BlockAsync(_sara).Is(204);
        await _bob.PostAsync(room.Path + "leave/").Is(204);
        await ExpectAsync(403, () => _sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{_bob.Username}/"), Read, Read, Read, Read);
    }

    private async Task ExpectAsync(int status, Func<Task<ApiAnswer>> action, params TableRequestKind[] operations)
    {
        _proxy.Reset();
        await action().Is(status);
        Assert.Equal(operations.Order(), _proxy.Requests.Select(request => request.Kind).Order());
    }
}
