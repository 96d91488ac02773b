using Azure;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Tables;

/// <summary>Single rows against Azurite.</summary>
public sealed class TableClientTests(AzuriteFixture azurite)
{
    private readonly TableClient _table = new TableServiceClient(azurite.NewConnectionString()).GetTableClient("rows");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_Type_Comes_Back_As_It_Was_Written()
    {
        DateTimeOffset time = new DateTimeOffset(2026, 8, 1, 12, 34, 56, TimeSpan.FromHours(3.5)).AddTicks(1234567);
        Guid guid = Guid.NewGuid();
        TableEntity sent = new("p", "types")
        {
            ["Text"] = "سلام‌دنیا 👩‍👩‍👧‍👦 \u202Eabc\u202C \uFEFF \u2028 \" \\ \n \0",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["SmallLong"] = 3L,
            ["Double"] = Math.PI,
            ["WholeDouble"] = 3.0,
            ["HugeDouble"] = double.MaxValue,
            ["NotANumber"] = double.NaN,
            ["Infinite"] = double.NegativeInfinity,
            ["Yes"] = true,
            ["No"] = false,
            ["Time"] = time,
            ["DateTime"] = time.UtcDateTime,
            ["Guid"] = guid,
            ["Binary"] = new byte[] { 0, 1, 2, 255 },
            ["Data"] = BinaryData.FromBytes(new byte[] { 7 }),
            ["Empty"] = "",
            ["Nothing"] = null,
        };
        await _table.AddEntityAsync(sent, Cancel);

        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "types", cancellationToken: Cancel);

        Assert.Equal(sent.GetString("Text"), read["Text"]);
        Assert.Equal(int.MinValue, read["Int"]);
        Assert.Equal(long.MaxValue, read["Long"]);
        Assert.Equal(3L, read["SmallLong"]);
        Assert.Equal(Math.PI, read["Double"]);
        Assert.Equal(3.0, read["WholeDouble"]);
        Assert.Equal(double.MaxValue, read["HugeDouble"]);
        Assert.Equal(double.NaN, read["NotANumber"]);
        Assert.Equal(double.NegativeInfinity, read["Infinite"]);
        Assert.Equal(true, read["Yes"]);
        Assert.Equal(false, read["No"]);
        Assert.Equal(time.ToUniversalTime(), read["Time"]);
        Assert.Equal(time.UtcDateTime, read.GetDateTime("DateTime"));
        Assert.Equal(guid, read["Guid"]);
        Assert.Equal(new byte[] { 0, 1, 2, 255 }, read.GetBinary("Binary"));
        Assert.Equal(new byte[] { 7 }, read.GetBinaryData("Data")!.ToArray());
        Assert.Equal("", read["Empty"]);
        Assert.False(read.ContainsKey("Nothing"));
        Assert.NotNull(read.Timestamp);
        Assert.NotEqual(default, read.ETag);
    }

    [Fact]
    public async Task Transaction_Works()
    {
        Response<IReadOnlyList<Response>> done = await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("b", "1") { ["X"] = "سلام" }),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("b", "2") { ["X"] = 5L }),
            ],
            Cancel);
        Assert.Equal([204, 204], done.Value.Select(static p => p.Status));
        List<TableEntity> rows = await _table.QueryAsync<TableEntity>("PartitionKey eq 'b'", maxPerPage: 1, cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal("1 2", string.Join(" ", rows.Select(static r => r.RowKey)));
        Assert.Equal(done.Value.Select(static p => p.Headers.ETag), rows.Select(static r => (ETag?)r.ETag));
        TableTransactionFailedException e = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpsertMerge, new TableEntity("b", "2") { ["Y"] = 5L }),
                new(TableTransactionActionType.Add, new TableEntity("b", "1") { ["X"] = "سلام" }),
            ],
            Cancel));
        Assert.Equal((409, TableErrorCode.EntityAlreadyExists, 1), (e.Status, e.ErrorCode, e.FailedTransactionActionIndex));
        Assert.False(e.WasRetried);
    }
}
