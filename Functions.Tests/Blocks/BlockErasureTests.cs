using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Blocks;

/// <summary>What an erasure leaves of blocks that are made just then, by a clock that tests move.</summary>
public sealed class BlockErasureTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private TableProxy _proxy = null!;
    private ChatHost _host = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _host = await ChatHost.StartAsync(_proxy.ConnectionString, new ChatHostOptions { Time = _clock });
        (_sara, _bob) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Name_That_Is_Written_Once_The_Erasure_Has_Passed_Is_Taken_Away_By_The_Sweep(bool isBegun)
    {
        if (isBegun)
        {
            await _sara.TellAsync(_bob).Is(201);
        }

        string row = Keys.Block(new(new JwtSubject(_sara.Token).Value));
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Gate = request =>
        {
            if (request.Kind is not TableRequestKind.Batch || !request.Text.Contains(row, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            isThere.TrySetResult();
            return go.Task;
        };
        Task<ApiAnswer> blocking = _bob.BlockAsync(_sara);
        await isThere.Task;
        await _sara.EraseAsync();
        go.SetResult();
        (await blocking).Is(isBegun ? 404 : 204); // The erasure has changed the chat meanwhile, so it was looked at again.
        _proxy.Reset();
        string[] blocked = isBegun ? [] : [_sara.Username];
        Assert.Equal(blocked, await _bob.BlockedAsync());
        Assert.NotEmpty(await _host.Tables.TracesAsync(_sara.Username)); // It knows that something may come yet.

        _clock.Advance(TimeSpan.FromMinutes(6));
        await _host.SweepAsync();

        await Stored.AssertNowhereAsync(_proxy.ConnectionString, _sara.Username);
        Assert.Empty(await _host.Tables.TracesAsync(_sara.Username));
        foreach (string name in await _bob.BlockedAsync())
        {
            Assert.StartsWith("deleted-", name, StringComparison.Ordinal);
            await _bob.UnblockAsync(name).Is(204);
        }

        Assert.Empty(await _bob.BlocksAsync());
    }

    [Fact]
    public async Task A_Block_Of_The_Erased_That_Comes_About_Late_Is_Lifted_By_The_Sweep()
    {
        string head = Keys.Pair(new(new JwtSubject(_sara.Token).Value), new(new JwtSubject(_bob.Token).Value));
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Gate = request =>
        {
            if (request.Kind is not TableRequestKind.Batch || !request.Text.Contains(head, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            isThere.TrySetResult();
            return go.Task;
        };
        Task<ApiAnswer> blocking = _sara.BlockAsync(_bob);
        await isThere.Task;
        await _sara.EraseAsync();
        go.SetResult();
        await blocking;
        _proxy.Reset();
        Assert.NotEmpty(await _host.Tables.Conversations.RowsAsync(head));

        _clock.Advance(TimeSpan.FromMinutes(6));
        await _host.SweepAsync();

        Assert.Empty(await _host.Tables.Conversations.RowsAsync(head));
        Assert.Empty(await _host.Tables.TracesAsync(_sara.Username));
        Assert.DoesNotContain(await _host.Tables.TracesAsync(_bob.Username), row => row.RowKey.StartsWith(Keys.Blockers, StringComparison.Ordinal));
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, _sara.Username);
    }

    [Fact]
    public async Task A_First_Message_That_An_Erasure_Forestalls_Under_A_Block_Leaves_Nothing()
    {
        // Her inbox row is in doubt, as a send leaves it that was cut off; and he blocks her.
        _proxy.Fault = TableFaults.CrashBeforeWrite(3);
        await _sara.TellAsync(_bob).IsProblem(503, "unavailable");
        _proxy.Reset();
        await _bob.BlockAsync(_sara).Is(204);

        await _sara.EraseAsync();
        _clock.Advance(TimeSpan.FromMinutes(6));
        await _host.SweepAsync();

        Assert.Empty(await _host.Tables.TracesAsync(_sara.Username));
        await _bob.UnblockAsync(Assert.Single(await _bob.BlockedAsync())).Is(204);
        Assert.Equal(0, await _bob.ChatsAsync());
        await Stored.AssertNowhereAsync(_proxy.ConnectionString, _sara.Username);
        TableEntity[] left = [.. await _host.Tables.Conversations.RowsAsync(Keys.Pair(new(new JwtSubject(_sara.Token).Value), new(new JwtSubject(_bob.Token).Value)))];
        Assert.Empty(left);
    }
}
