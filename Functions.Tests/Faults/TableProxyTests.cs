using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Faults;

/// <summary>The proxy counts and cuts what it says.</summary>
public sealed class TableProxyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableProxy _proxy = null!;
    private TableClient _table = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        TableClientOptions options = new();
        options.Retry.MaxRetries = 0;
        _table = new TableServiceClient(_proxy.ConnectionString, options).GetTableClient("Rows");
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task Every_Request_Is_Counted_By_Kind_And_Table()
    {
        await _table.CreateIfNotExistsAsync(Cancel);
        await _table.AddEntityAsync(Row("1"), Cancel);
        await _table.UpsertEntityAsync(Row("2"), cancellationToken: Cancel);
        await _table.UpdateEntityAsync(Row("2"), Azure.ETag.All, TableUpdateMode.Replace, Cancel);
        await _table.GetEntityAsync<TableEntity>("p", "1", cancellationToken: Cancel);
        await _table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).ToListAsync(Cancel);
        await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, Row("3")), new(TableTransactionActionType.Delete, Row("2"))], Cancel);
        await _table.DeleteEntityAsync("p", "1", cancellationToken: Cancel);
        await _table.DeleteAsync(Cancel);

        TableRequestKind[] kinds =
        [
            TableRequestKind.CreateTable, TableRequestKind.Insert, TableRequestKind.Upsert, TableRequestKind.Update, TableRequestKind.PointRead,
            TableRequestKind.Query, TableRequestKind.Batch, TableRequestKind.Delete, TableRequestKind.DeleteTable,
        ];
        Assert.Equal(kinds, _proxy.Requests.Select(static request => request.Kind));
        Assert.All(_proxy.Requests, static request => Assert.Equal("rows", request.Table));
        Assert.All(_proxy.Requests, static request => Assert.InRange(request.Status, 200, 299));
        Assert.Equal(1, _proxy.Count(TableRequestKind.Batch, "Rows"));
        Assert.Equal(kinds.Length - 1, _proxy.Count());
        _proxy.Reset();
        Assert.Empty(_proxy.Requests);
    }

    [Theory]
    [InlineData(FaultAction.Refuse, 503, false)]
    [InlineData(FaultAction.Drop, 0, false)]
    [InlineData(FaultAction.ForwardThenRefuse, 503, true)]
    [InlineData(FaultAction.ForwardThenDrop, 0, true)]
    public async Task A_Fault_Is_What_The_Client_Sees_And_A_Write_Is_Carried_Out_Or_Not(FaultAction fault, int status, bool isCarriedOut)
    {
        await _table.CreateIfNotExistsAsync(Cancel);
        _proxy.Fault = TableFaults.Once(static request => request.IsWrite, fault);

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.AddEntityAsync(Row("1"), Cancel));

        Assert.Equal((status, false), (e.Status, e.WasRetried));
        Assert.Equal(isCarriedOut, (await _table.GetEntityIfExistsAsync<TableEntity>("p", "1", cancellationToken: Cancel)).HasValue);
    }

    [Fact]
    public async Task After_A_Crash_Nothing_Passes()
    {
        await _table.CreateIfNotExistsAsync(Cancel);
        _proxy.Fault = TableFaults.CrashBeforeWrite(2);
        await _table.AddEntityAsync(Row("1"), Cancel);
        await _table.GetEntityAsync<TableEntity>("p", "1", cancellationToken: Cancel);

        await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.AddEntityAsync(Row("2"), Cancel));
        await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.GetEntityAsync<TableEntity>("p", "1", cancellationToken: Cancel));

        _proxy.Reset();
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "2", cancellationToken: Cancel)).HasValue);
    }

    [Fact]
    public async Task A_Request_Is_Held_Back_Until_It_Is_Let_Go()
    {
        await _table.CreateIfNotExistsAsync(Cancel);
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Gate = request =>
        {
            arrived.TrySetResult();
            return request.Kind == TableRequestKind.Upsert ? go.Task : Task.CompletedTask;
        };
        Task<Azure.Response> held = _table.UpsertEntityAsync(Row("1"), cancellationToken: Cancel);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);

        await _table.AddEntityAsync(Row("1"), Cancel);
        Assert.False(held.IsCompleted);
        go.SetResult();

        Assert.Equal(204, (await held).Status);
    }

    private static TableEntity Row(string rowKey) => new("p", rowKey) { ["A"] = 1 };
}
