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

    public static TheoryData<string> Texts { get; } =
    [
        "می‌روم",
        "\u202Bسلام\u202C \u2067world\u2069 \u200F\u200E\u061C",
        "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 ﷺ ك ک ي ی ۱۲۳",
        "\uFEFFbom\uFFFE\uFFFF",
        "\u2028\u2029\u00A0\u3000",
        "  spaces  \t\r\n",
        "{\"a\":1}",
        "--changeset_1--\r\n--batch_1\r\nHTTP/1.1 404 Not Found\r\n\r\n",
        "TableNotFound HTTP/1.1 404",
        "</script>&amp;'\"\\",
        "\0\u0001\u001F\u007F\u0085",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_Text_Comes_Back_Unit_For_Unit_From_Rows_And_Transactions(string text)
    {
        string rowKey = Guid.NewGuid().ToString();
        await _table.AddEntityAsync(new TableEntity("texts", rowKey) { ["Text"] = text }, Cancel);
        await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("texts", rowKey + "-add") { ["Text"] = text, ["After"] = 1 }),
                new(TableTransactionActionType.UpsertMerge, new TableEntity("texts", rowKey + "-merge") { ["Text"] = text, ["After"] = 1 }),
            ],
            Cancel);

        List<TableEntity> rows = await _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {"texts"} and RowKey ge {rowKey} and RowKey lt {rowKey + "."}"), cancellationToken: Cancel).ToListAsync(Cancel);

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(text, row.GetString("Text")));
    }

    [Theory]
    [InlineData("it's", "''")]
    [InlineData("", "")]
    [InlineData("100%25 +&=;:()|~\"<>.,", "..")]
    [InlineData("سلام‌ 👩‍👧", "\u202E \u2028")]
    public async Task A_Key_That_Is_Allowed_Finds_Its_Row_In_Every_Operation(string partitionKey, string rowKey)
    {
        TableEntity row = new(partitionKey, rowKey) { ["X"] = 1 };
        await _table.AddEntityAsync(row, Cancel);
        await _table.UpdateEntityAsync(new TableEntity(partitionKey, rowKey) { ["Y"] = 2 }, ETag.All, cancellationToken: Cancel);
        await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateMerge, new TableEntity(partitionKey, rowKey) { ["Z"] = 3 })], Cancel);

        TableEntity read = await _table.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: Cancel);
        TableEntity found = await _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey eq {rowKey}"), cancellationToken: Cancel).SingleAsync(Cancel);
        await _table.DeleteEntityAsync(partitionKey, rowKey, read.ETag, Cancel);

        Assert.Equal((partitionKey, rowKey, 1, 2, 3), (read.PartitionKey, read.RowKey, read.GetInt32("X"), read.GetInt32("Y"), read.GetInt32("Z")));
        Assert.Equal(read.ETag, found.ETag);
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: Cancel)).HasValue);
    }

    [Fact]
    public async Task A_Row_Is_Inserted_Once()
    {
        await _table.AddEntityAsync(new TableEntity("p", "once"), Cancel);

        TableRequestFailedException e = await FailsAsync(() => _table.AddEntityAsync(new TableEntity("p", "once"), Cancel));

        Assert.Equal((409, TableErrorCode.EntityAlreadyExists), (e.Status, e.ErrorCode));
    }

    [Fact]
    public async Task A_Row_That_Is_Absent_Has_No_Value()
    {
        NullableResponse<TableEntity> found = await _table.GetEntityIfExistsAsync<TableEntity>("p", "absent", cancellationToken: Cancel);
        TableRequestFailedException e = await FailsAsync(() => _table.GetEntityAsync<TableEntity>("p", "absent", cancellationToken: Cancel));

        Assert.False(found.HasValue);
        Assert.Equal((404, TableErrorCode.ResourceNotFound), (e.Status, e.ErrorCode));
    }

    [Fact]
    public async Task A_Merge_Keeps_And_A_Replace_Removes_What_It_Does_Not_Name()
    {
        await _table.AddEntityAsync(new TableEntity("p", "modes") { ["A"] = 1, ["B"] = 1 }, Cancel);

        await _table.UpdateEntityAsync(new TableEntity("p", "modes") { ["A"] = 2, ["B"] = null }, ETag.All, cancellationToken: Cancel);
        TableEntity merged = await _table.GetEntityAsync<TableEntity>("p", "modes", cancellationToken: Cancel);
        await _table.UpdateEntityAsync(new TableEntity("p", "modes") { ["A"] = 3 }, merged.ETag, TableUpdateMode.Replace, Cancel);
        TableEntity replaced = await _table.GetEntityAsync<TableEntity>("p", "modes", cancellationToken: Cancel);

        Assert.Equal((2, 1), (merged.GetInt32("A"), merged.GetInt32("B")));
        Assert.Equal((3, null), (replaced.GetInt32("A"), replaced.GetInt32("B")));
    }

    [Fact]
    public async Task A_Row_With_Another_Version_Is_Neither_Changed_Nor_Deleted()
    {
        ETag first = (await _table.AddEntityAsync(new TableEntity("p", "versions") { ["A"] = 1 }, Cancel)).Headers.ETag!.Value;
        ETag second = (await _table.UpdateEntityAsync(new TableEntity("p", "versions") { ["A"] = 2 }, first, cancellationToken: Cancel)).Headers.ETag!.Value;

        TableRequestFailedException update = await FailsAsync(
            () => _table.UpdateEntityAsync(new TableEntity("p", "versions") { ["A"] = 3 }, first, cancellationToken: Cancel));
        TableRequestFailedException delete = await FailsAsync(() => _table.DeleteEntityAsync("p", "versions", first, Cancel));
        TableEntity stored = await _table.GetEntityAsync<TableEntity>("p", "versions", cancellationToken: Cancel);

        Assert.Equal((412, TableErrorCode.UpdateConditionNotSatisfied), (update.Status, update.ErrorCode));
        Assert.Equal((412, TableErrorCode.UpdateConditionNotSatisfied), (delete.Status, delete.ErrorCode));
        Assert.Equal((2, second), (stored.GetInt32("A"), stored.ETag));
    }

    [Fact]
    public async Task An_Update_Needs_A_Row_And_A_Condition()
    {
        TableRequestFailedException e = await FailsAsync(() => _table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All, cancellationToken: Cancel));

        Assert.Equal((404, TableErrorCode.ResourceNotFound), (e.Status, e.ErrorCode));
        await Assert.ThrowsAsync<ArgumentException>(() => _table.UpdateEntityAsync(new TableEntity("p", "none"), default, cancellationToken: Cancel));
    }

    [Fact]
    public async Task An_Upsert_Inserts_Then_Merges_Or_Replaces()
    {
        await _table.UpsertEntityAsync(new TableEntity("p", "upsert") { ["A"] = 1 }, cancellationToken: Cancel);
        await _table.UpsertEntityAsync(new TableEntity("p", "upsert") { ["B"] = 2 }, cancellationToken: Cancel);
        TableEntity merged = await _table.GetEntityAsync<TableEntity>("p", "upsert", cancellationToken: Cancel);
        await _table.UpsertEntityAsync(new TableEntity("p", "upsert") { ["C"] = 3 }, TableUpdateMode.Replace, Cancel);
        TableEntity replaced = await _table.GetEntityAsync<TableEntity>("p", "upsert", cancellationToken: Cancel);

        Assert.Equal((1, 2), (merged.GetInt32("A"), merged.GetInt32("B")));
        Assert.Equal((null, null, 3), (replaced.GetInt32("A"), replaced.GetInt32("B"), replaced.GetInt32("C")));
    }

    [Fact]
    public async Task Deleting_What_Is_Gone_Does_Not_Throw()
    {
        await _table.AddEntityAsync(new TableEntity("p", "gone"), Cancel);

        Assert.Equal(204, (await _table.DeleteEntityAsync("p", "gone", cancellationToken: Cancel)).Status);
        Assert.Equal(404, (await _table.DeleteEntityAsync("p", "gone", cancellationToken: Cancel)).Status);
    }

    [Fact]
    public async Task Select_Returns_What_It_Names()
    {
        await _table.AddEntityAsync(new TableEntity("p", "select") { ["A"] = 1L, ["B"] = 2L }, Cancel);

        TableEntity read = await _table.GetEntityAsync<TableEntity>("p", "select", ["RowKey", "A", "Absent"], Cancel);
        TableEntity found = await _table.QueryAsync<TableEntity>("PartitionKey eq 'p' and RowKey eq 'select'", select: ["RowKey", "A", "Absent"], cancellationToken: Cancel)
            .SingleAsync(Cancel);

        foreach (TableEntity row in (TableEntity[])[read, found])
        {
            Assert.Equal(("select", 1L), (row.RowKey, row.GetInt64("A")));
            Assert.False(row.ContainsKey("B") || row.ContainsKey("Absent") || row.ContainsKey("PartitionKey"));
            Assert.NotEqual(default, row.ETag);
        }
    }

    private static async Task<TableRequestFailedException> FailsAsync(Func<Task> operation) =>
        await Assert.ThrowsAsync<TableRequestFailedException>(operation);
}
