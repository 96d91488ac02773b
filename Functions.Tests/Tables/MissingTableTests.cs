using Azure;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Tables;

/// <summary>Tables come into being when they are first needed.</summary>
public sealed class MissingTableTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _connectionString = azurite.NewConnectionString();
    private TableProxy _proxy = null!;
    private TableServiceClient _service = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(_connectionString);
        _service = new TableServiceClient(_proxy.ConnectionString, FakeService.Quick());
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task The_First_Request_Of_Any_Kind_Creates_It()
    {
        await _service.GetTableClient("insert").AddEntityAsync(new TableEntity("p", "r"), Cancel);
        await _service.GetTableClient("upsert").UpsertEntityAsync(new TableEntity("p", "r"), cancellationToken: Cancel);
        Assert.False((await _service.GetTableClient("read").GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancel)).HasValue);
        Assert.Empty(await _service.GetTableClient("query").QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).ToListAsync(Cancel));
        Assert.Equal(404, (await _service.GetTableClient("delete").DeleteEntityAsync("p", "r", cancellationToken: Cancel)).Status);
        await _service.GetTableClient("batch").SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r") { ["A"] = 1 })], Cancel);

        foreach (string table in (string[])["insert", "upsert", "read", "query", "delete", "batch"])
        {
            Assert.Equal(1, _proxy.Count(TableRequestKind.CreateTable, table));
        }

        TableEntity row = await _service.GetTableClient("batch").GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancel);
        Assert.Equal(1, row["A"]);
    }

    [Fact]
    public async Task A_Table_That_Exists_Costs_Nothing_More()
    {
        TableClient table = _service.GetTableClient("existing");
        await table.AddEntityAsync(new TableEntity("p", "1"), Cancel);
        _proxy.Reset();

        await table.AddEntityAsync(new TableEntity("p", "2"), Cancel);
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "3"))], Cancel);
        await table.GetEntityIfExistsAsync<TableEntity>("p", "absent", cancellationToken: Cancel);

        Assert.Equal(3, _proxy.Requests.Count);
    }

    [Fact]
    public async Task Many_At_Once_Create_It_Together()
    {
        TableClient table = _service.GetTableClient("together");

        await Parallel.ForAsync(0, 20, Cancel, async (i, cancel) => await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("p", $"{i:D2}"))], cancel));

        Assert.Equal(20, await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Without_The_Option_A_Missing_Table_Is_A_Failure()
    {
        TableClientOptions options = new() { CreateMissingTables = false };
        TableClient table = new TableServiceClient(_connectionString, options).GetTableClient("missing");

        TableRequestFailedException single = await Assert.ThrowsAsync<TableRequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r"), Cancel));
        TableTransactionFailedException batch = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))], Cancel));

        Assert.Equal((404, TableErrorCode.TableNotFound), (single.Status, single.ErrorCode));
        Assert.Equal((404, TableErrorCode.TableNotFound), (batch.Status, batch.ErrorCode));
    }

    [Fact]
    public async Task A_Table_Is_Created_And_Deleted_On_Demand()
    {
        Response<TableItem> first = await _service.CreateTableIfNotExistsAsync("demand", Cancel);
        Response<TableItem> second = await _service.CreateTableIfNotExistsAsync("demand", Cancel);

        Assert.Equal(("demand", "demand"), (first.Value.Name, second.Value.Name));
        Assert.Equal(204, (await _service.DeleteTableAsync("demand", Cancel)).Status);
        Assert.Equal(404, (await _service.DeleteTableAsync("demand", Cancel)).Status);
    }

    [Fact]
    public async Task A_Table_That_Can_Not_Be_Created_Is_The_Failure()
    {
        using FakeService service = new(static (_, request) => request.RequestUri!.AbsolutePath.Equals("/Tables", StringComparison.Ordinal)
            ? FakeService.Answer(System.Net.HttpStatusCode.Conflict, """{"odata.error":{"code":"TableBeingDeleted","message":{"value":"Wait."}}}""")
            : FakeService.Answer(System.Net.HttpStatusCode.NotFound, """{"odata.error":{"code":"TableNotFound","message":{"value":"None."}}}"""));

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => service.Table().AddEntityAsync(new TableEntity("p", "r"), Cancel));

        Assert.Equal((409, TableErrorCode.TableBeingDeleted), (e.Status, e.ErrorCode));
        Assert.Equal(2, service.Requests.Count);
    }
}
