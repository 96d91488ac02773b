using Azure;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Tables;

/// <summary>What Azurite accepts, or answers with 500, and the real service refuses: never sent, and answered as the service does.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly FakeService _service = new(static (_, _) => throw new InvalidOperationException("Nothing may be sent."));
    private readonly TableClient _table;

    public RefusalTests() => _table = _service.Table();

    public static TheoryData<string> ForbiddenKeys { get; } = ["a/b", "a\\b", "a#b", "a?b", "a\0", "\u001F", "\u007F", "\u0085", "\u009F", "a\uD800b", "\uDC00"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Theory]
    [MemberData(nameof(ForbiddenKeys))]
    public async Task A_Forbidden_Character_In_A_Key_Is_Out_Of_Range(string key)
    {
        Func<Task>[] operations =
        [
            () => _table.AddEntityAsync(new TableEntity(key, "r"), Cancel),
            () => _table.AddEntityAsync(new TableEntity("p", key), Cancel),
            () => _table.GetEntityIfExistsAsync<TableEntity>("p", key, cancellationToken: Cancel),
            () => _table.DeleteEntityAsync(key, "r", cancellationToken: Cancel),
            () => _table.UpsertEntityAsync(new TableEntity("p", key), cancellationToken: Cancel),
            () => _table.SubmitTransactionAsync([new(TableTransactionActionType.Delete, new TableEntity("p", key))], Cancel),
        ];
        foreach (Func<Task> operation in operations)
        {
            await RefusesAsync(operation, 400, TableErrorCode.OutOfRangeInput);
        }
    }

    [Fact]
    public async Task A_Key_May_Have_One_Kibibyte()
    {
        await RefusesAsync(() => _table.AddEntityAsync(new TableEntity("p", new string('k', 513)), Cancel), 400, TableErrorCode.KeyValueTooLarge);
        await PassesAsync(new TableEntity("p", new string('k', 512)));
    }

    [Fact]
    public async Task A_Row_Without_Keys_Needs_Values()
    {
        await RefusesAsync(() => _table.AddEntityAsync(new TableEntity(), Cancel), 400, TableErrorCode.PropertiesNeedValue);
        await RefusesAsync(() => _table.AddEntityAsync(new TableEntity { PartitionKey = "p" }, Cancel), 400, TableErrorCode.PropertiesNeedValue);
    }

    [Fact]
    public async Task A_Value_May_Have_64_Kibibytes()
    {
        await RefusesAsync(new TableEntity("p", "r") { ["Text"] = new string('ی', 32_769) }, TableErrorCode.PropertyValueTooLarge);
        await RefusesAsync(new TableEntity("p", "r") { ["Bytes"] = new byte[65_537] }, TableErrorCode.PropertyValueTooLarge);
        await PassesAsync(new TableEntity("p", "r") { ["Text"] = new string('ی', 32_768), ["Bytes"] = new byte[65_536] });
    }

    [Fact]
    public async Task An_Entity_May_Have_One_Mebibyte()
    {
        await RefusesAsync(Wide(17, 32_000), TableErrorCode.EntityTooLarge);
        await PassesAsync(Wide(16, 32_000));
    }

    [Fact]
    public async Task An_Entity_May_Have_252_Properties_Of_Its_Own()
    {
        await RefusesAsync(Wide(253, 1), TableErrorCode.TooManyProperties);
        TableEntity widest = Wide(252, 1);
        widest["Nothing"] = null;
        widest.Timestamp = DateTimeOffset.UnixEpoch;
        widest.ETag = new ETag("x");
        await PassesAsync(widest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a-b")]
    [InlineData("a b")]
    [InlineData("a@odata.type")]
    public async Task A_Name_Must_Be_An_Identifier(string name) =>
        await RefusesAsync(new TableEntity("p", "r") { [name] = 1 }, TableErrorCode.PropertyNameInvalid);

    [Fact]
    public async Task A_Name_May_Have_255_Characters() =>
        await RefusesAsync(new TableEntity("p", "r") { [new string('n', 256)] = 1 }, TableErrorCode.PropertyNameTooLong);

    [Fact]
    public async Task Half_A_Surrogate_Pair_Is_No_Text() =>
        await RefusesAsync(new TableEntity("p", "r") { ["Text"] = "a\uD83D" }, TableErrorCode.InvalidInput);

    [Fact]
    public async Task A_Date_Before_1601_Is_Out_Of_Range() =>
        await RefusesAsync(new TableEntity("p", "r") { ["Time"] = DateTimeOffset.MinValue }, TableErrorCode.OutOfRangeInput);

    [Fact]
    public async Task A_Type_That_No_Property_Has_Is_A_Mistake_In_The_Program() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _table.AddEntityAsync(new TableEntity("p", "r") { ["Price"] = 1.5m }, Cancel));

    [Fact]
    public async Task A_Transaction_Is_In_One_Partition() => await RefusesAsync(
        [new(TableTransactionActionType.Add, new TableEntity("p", "1")), new(TableTransactionActionType.Add, new TableEntity("q", "2"))],
        400,
        TableErrorCode.CommandsInBatchActOnDifferentPartitions,
        1);

    [Fact]
    public async Task A_Transaction_Names_A_Row_Once() => await RefusesAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "1")),
            new(TableTransactionActionType.Add, new TableEntity("p", "2")),
            new(TableTransactionActionType.Delete, new TableEntity("p", "1")),
        ],
        400,
        TableErrorCode.InvalidDuplicateRow,
        2);

    [Fact]
    public async Task A_Transaction_Has_A_Hundred_Operations() => await RefusesAsync(
        [.. Enumerable.Range(0, 101).Select(static i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i}")))],
        400,
        TableErrorCode.InvalidInput,
        100);

    [Fact]
    public async Task A_Transaction_Has_Four_Mebibytes() => await RefusesAsync(
        [.. Enumerable.Range(0, 9).Select(static i => new TableTransactionAction(TableTransactionActionType.Add, Wide(16, 32_000, $"{i}")))],
        413,
        TableErrorCode.RequestBodyTooLarge,
        index: null);

    [Fact]
    public async Task A_Transaction_Says_Which_Of_Its_Entities_Is_Too_Large() => await RefusesAsync(
        [new(TableTransactionActionType.Add, new TableEntity("p", "1")), new(TableTransactionActionType.UpsertReplace, Wide(17, 32_000))],
        400,
        TableErrorCode.EntityTooLarge,
        1);

    [Fact]
    public async Task A_Version_Adds_No_Header_To_A_Transaction() => await Assert.ThrowsAsync<ArgumentException>(() => _table.SubmitTransactionAsync(
        [new(TableTransactionActionType.Delete, new TableEntity("p", "1"), new ETag("x\r\nX: y"))], Cancel));

    [Fact]
    public async Task An_Empty_Transaction_Is_No_Request()
    {
        Response<IReadOnlyList<Response>> answer = await _table.SubmitTransactionAsync([], Cancel);

        Assert.Empty(answer.Value);
        Assert.Empty(_service.Requests);
    }

    [Fact]
    public async Task A_Thread_Composes_The_Next_Row_After_One_That_Was_Refused()
    {
        using FakeService service = new(static (_, _) => FakeService.Answer(System.Net.HttpStatusCode.NoContent));
        TableClient table = service.Table();
        await RefusesAsync(() => table.AddEntityAsync(new TableEntity("p", "r") { ["Good"] = "text", ["Bad"] = "\uD800" }, Cancel), 400, TableErrorCode.InvalidInput);

        await table.AddEntityAsync(new TableEntity("p", "r"), Cancel);

        Assert.Equal("""{"PartitionKey":"p","RowKey":"r"}""", Assert.Single(service.Requests).Body);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a-bc")]
    [InlineData("abc/../x")]
    public void A_Table_Has_A_Name_That_Needs_No_Escaping(string name) =>
        Assert.Throws<ArgumentException>(() => new TableServiceClient("UseDevelopmentStorage=true").GetTableClient(name));

    private static TableEntity Wide(int properties, int length, string rowKey = "r")
    {
        TableEntity entity = new("p", rowKey);
        for (int i = 0; i < properties; i++)
        {
            entity[$"P{i}"] = new string('a', length);
        }

        return entity;
    }

    private static async Task PassesAsync(TableEntity entity)
    {
        using FakeService service = new(static (_, _) => FakeService.Answer(System.Net.HttpStatusCode.NoContent));
        await service.Table().AddEntityAsync(entity, Cancel);
        Assert.Single(service.Requests);
    }

    private async Task RefusesAsync(TableEntity entity, string code) => await RefusesAsync(() => _table.AddEntityAsync(entity, Cancel), 400, code);

    private static async Task RefusesAsync(Func<Task> operation, int status, string code)
    {
        RequestFailedException e = await Assert.ThrowsAnyAsync<RequestFailedException>(operation);
        Assert.Equal((status, code), (e.Status, e.ErrorCode));
    }

    private async Task RefusesAsync(TableTransactionAction[] actions, int status, string code, int? index)
    {
        TableTransactionFailedException e = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(actions, Cancel));
        Assert.Equal((status, code, index), (e.Status, e.ErrorCode, e.FailedTransactionActionIndex));
        Assert.False(e.WasRetried);
        Assert.Empty(_service.Requests);
    }
}
