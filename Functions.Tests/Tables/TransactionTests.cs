using Azure;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Tables;

/// <summary>Transactions against Azurite.</summary>
public sealed class TransactionTests(AzuriteFixture azurite)
{
    private readonly TableClient _table = new TableServiceClient(azurite.NewConnectionString()).GetTableClient("rows");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_Operation_Has_An_Answer_In_Order()
    {
        ETag old = (await _table.AddEntityAsync(new TableEntity("all", "2") { ["A"] = 1 }, Cancel)).Headers.ETag!.Value;
        await _table.AddEntityAsync(new TableEntity("all", "3") { ["A"] = 1 }, Cancel);
        await _table.AddEntityAsync(new TableEntity("all", "6"), Cancel);

        Response<IReadOnlyList<Response>> done = await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("all", "1") { ["A"] = "سلام" }),
                new(TableTransactionActionType.UpdateMerge, new TableEntity("all", "2") { ["B"] = 2 }, old),
                new(TableTransactionActionType.UpdateReplace, new TableEntity("all", "3") { ["B"] = 2 }),
                new(TableTransactionActionType.UpsertMerge, new TableEntity("all", "4") { ["A"] = 4L }),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("all", "5") { ["A"] = 5.0 }),
                new(TableTransactionActionType.Delete, new TableEntity("all", "6")),
            ],
            Cancel);

        Assert.Equal(202, done.GetRawResponse().Status);
        Assert.All(done.Value, static part => Assert.Equal(204, part.Status));
        List<TableEntity> rows = await _table.QueryAsync<TableEntity>("PartitionKey eq 'all'", cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal("1 2 3 4 5", string.Join(' ', rows.Select(static row => row.RowKey)));
        Assert.Equal(rows.Select(static row => (ETag?)row.ETag), done.Value.Take(5).Select(static part => part.Headers.ETag));
        Assert.Equal((1, 2), (rows[1].GetInt32("A"), rows[1].GetInt32("B")));
        Assert.Equal((null, 2), (rows[2].GetInt32("A"), rows[2].GetInt32("B")));
    }

    [Fact]
    public async Task A_Hundred_Rows_Are_One_Transaction()
    {
        Response<IReadOnlyList<Response>> done = await _table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(static i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("hundred", $"{i:D3}"))), Cancel);

        Assert.Equal(100, done.Value.Count);
        Assert.Equal(100, await _table.QueryAsync<TableEntity>("PartitionKey eq 'hundred'", cancellationToken: Cancel).CountAsync(Cancel));
    }

    [Theory]
    [InlineData(TableTransactionActionType.Add, "exists", 409, TableErrorCode.EntityAlreadyExists)]
    [InlineData(TableTransactionActionType.UpdateMerge, "exists", 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.UpdateReplace, "exists", 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.Delete, "exists", 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.UpdateMerge, "absent", 404, TableErrorCode.ResourceNotFound)]
    [InlineData(TableTransactionActionType.Delete, "absent", 404, TableErrorCode.ResourceNotFound)]
    public async Task One_Failure_Names_Its_Operation_And_Undoes_The_Others(TableTransactionActionType type, string rowKey, int status, string code)
    {
        string partition = $"{type}-{rowKey}";
        await _table.AddEntityAsync(new TableEntity(partition, "kept") { ["A"] = 1 }, Cancel);
        ETag old = (await _table.AddEntityAsync(new TableEntity(partition, "exists") { ["A"] = 1 }, Cancel)).Headers.ETag!.Value;
        await _table.UpdateEntityAsync(new TableEntity(partition, "exists") { ["A"] = 2 }, old, cancellationToken: Cancel);

        TableTransactionFailedException e = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity(partition, "new")),
                new(TableTransactionActionType.UpdateMerge, new TableEntity(partition, "kept") { ["A"] = 3 }),
                new(type, new TableEntity(partition, rowKey) { ["A"] = 3 }, old),
            ],
            Cancel));

        Assert.Equal((status, code, 2, false), (e.Status, e.ErrorCode, e.FailedTransactionActionIndex, e.WasRetried));
        List<TableEntity> rows = await _table.QueryAsync<TableEntity>($"PartitionKey eq '{partition}'", cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal("exists=2 kept=1", string.Join(' ', rows.Select(static row => $"{row.RowKey}={row["A"]}")));
    }
}
