using System.Diagnostics;
using System.Net;
using Azure;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Tables;

/// <summary>Faults between client and service, and what is true of the rows afterwards.</summary>
public sealed class RetryTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableProxy _proxy = null!;
    private TableClient _table = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _table = new TableServiceClient(_proxy.ConnectionString, FakeService.Quick()).GetTableClient("rows");
        await _table.CreateIfNotExistsAsync(Cancel);
        _proxy.Reset();
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Theory]
    [InlineData(FaultAction.Refuse)]
    [InlineData(FaultAction.ForwardThenRefuse)]
    [InlineData(FaultAction.Drop)]
    [InlineData(FaultAction.ForwardThenDrop)]
    public async Task An_Insert_Recognises_Its_Own_First_Attempt(FaultAction fault)
    {
        TableEntity row = Row("1");
        row["Time"] = DateTime.UnixEpoch;
        row["Bytes"] = BinaryData.FromBytes(new byte[] { 1, 2 });
        row["Nothing"] = null;
        _proxy.Fault = TableFaults.Once(static r => r.Kind == TableRequestKind.Insert, fault);

        Response answer = await _table.AddEntityAsync(row, Cancel);

        Assert.Equal((await ReadAsync("1"))!.ETag, answer.Headers.ETag);
        Assert.Equal(2, _proxy.Count(TableRequestKind.Insert, "rows"));
    }

    [Fact]
    public async Task A_Retried_Insert_That_Meets_Another_Row_Fails()
    {
        await _table.AddEntityAsync(Row("1"), Cancel);
        TableEntity more = Row("1");
        more["Extra"] = 1;
        TableEntity less = Row("1");
        less.Remove("Number");
        TableEntity other = Row("1");
        other["Text"] = "other";
        foreach (TableEntity row in (TableEntity[])[more, less, other])
        {
            _proxy.Fault = TableFaults.Once(static r => r.Kind == TableRequestKind.Insert, FaultAction.Drop);

            TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.AddEntityAsync(row, Cancel));

            Assert.Equal((409, TableErrorCode.EntityAlreadyExists, true), (e.Status, e.ErrorCode, e.WasRetried));
        }
    }

    [Fact]
    public async Task A_Retried_Insert_That_Can_Not_Read_What_It_Met_Is_No_Conflict()
    {
        _proxy.Fault = TableFaults.Any(
            TableFaults.Once(static r => r.Kind == TableRequestKind.Insert, FaultAction.ForwardThenDrop),
            static r => r.Kind == TableRequestKind.PointRead ? FaultAction.Refuse : FaultAction.None);

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.AddEntityAsync(Row("1"), Cancel));

        Assert.Equal(503, e.Status);
    }

    [Fact]
    public async Task An_Insert_That_Was_Sent_Once_Never_Takes_An_Equal_Row_For_Its_Own()
    {
        await _table.AddEntityAsync(Row("1"), Cancel);

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.AddEntityAsync(Row("1"), Cancel));

        Assert.Equal((409, false), (e.Status, e.WasRetried));
        Assert.Equal(0, _proxy.Count(TableRequestKind.PointRead));
    }

    [Theory]
    [InlineData(FaultAction.ForwardThenDrop, TableUpdateMode.Merge)]
    [InlineData(FaultAction.ForwardThenDrop, TableUpdateMode.Replace)]
    [InlineData(FaultAction.ForwardThenRefuse, TableUpdateMode.Merge)]
    public async Task A_Conditional_Update_Recognises_Its_Own_First_Attempt(FaultAction fault, TableUpdateMode mode)
    {
        ETag etag = (await _table.AddEntityAsync(Row("1"), Cancel)).Headers.ETag!.Value;
        _proxy.Fault = TableFaults.Once(static r => r.Kind == TableRequestKind.Update, fault);

        Response answer = await _table.UpdateEntityAsync(new TableEntity("p", "1") { ["Text"] = "new" }, etag, mode, Cancel);

        TableEntity stored = (await ReadAsync("1"))!;
        Assert.Equal(stored.ETag, answer.Headers.ETag);
        Assert.Equal("new", stored["Text"]);
        Assert.Equal(mode == TableUpdateMode.Merge, stored.ContainsKey("Number"));
    }

    [Fact]
    public async Task A_Retried_Update_That_Lost_To_Another_Says_That_It_Was_Retried()
    {
        ETag old = (await _table.AddEntityAsync(Row("1"), Cancel)).Headers.ETag!.Value;
        await _table.UpdateEntityAsync(new TableEntity("p", "1") { ["Text"] = "theirs" }, old, cancellationToken: Cancel);
        _proxy.Fault = TableFaults.Once(static r => r.Kind == TableRequestKind.Update, FaultAction.Drop);

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(
            () => _table.UpdateEntityAsync(new TableEntity("p", "1") { ["Text"] = "mine" }, old, cancellationToken: Cancel));

        Assert.Equal((412, true), (e.Status, e.WasRetried));
    }

    [Theory]
    [InlineData(FaultAction.ForwardThenDrop)]
    [InlineData(FaultAction.ForwardThenRefuse)]
    public async Task A_Retried_Delete_That_Finds_Nothing_Has_Succeeded(FaultAction fault)
    {
        ETag etag = (await _table.AddEntityAsync(Row("1"), Cancel)).Headers.ETag!.Value;
        _proxy.Fault = TableFaults.Once(static r => r.Kind == TableRequestKind.Delete, fault);

        await _table.DeleteEntityAsync("p", "1", etag, Cancel);

        Assert.Null(await ReadAsync("1"));
    }

    [Fact]
    public async Task A_Retried_Transaction_That_Meets_Itself_Says_So()
    {
        _proxy.Fault = TableFaults.Once(static r => r.Kind == TableRequestKind.Batch, FaultAction.ForwardThenDrop);

        TableTransactionFailedException e = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => _table.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("1")), new(TableTransactionActionType.Add, Row("2"))], Cancel));

        Assert.Equal((409, 0, true), (e.Status, e.FailedTransactionActionIndex, e.WasRetried));
        Assert.NotNull(await ReadAsync("2"));
    }

    [Fact]
    public async Task A_Service_That_Stays_Busy_Is_A_Failure_With_Its_Status()
    {
        _proxy.Fault = static _ => FaultAction.Refuse;

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(
            () => _table.GetEntityIfExistsAsync<TableEntity>("p", "1", cancellationToken: Cancel));
        TableTransactionFailedException t = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => _table.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("1"))], Cancel));

        Assert.Equal((503, TableErrorCode.ServerBusy, true), (e.Status, e.ErrorCode, e.WasRetried));
        Assert.Equal((503, TableErrorCode.ServerBusy, true), (t.Status, t.ErrorCode, t.WasRetried));
        Assert.Equal(5, _proxy.Count(TableRequestKind.PointRead));
    }

    [Fact]
    public async Task Connections_That_Stay_Broken_Are_A_Failure_Of_Status_0()
    {
        _proxy.Fault = static _ => FaultAction.Drop;

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => _table.AddEntityAsync(Row("1"), Cancel));

        Assert.Equal((0, true), (e.Status, e.WasRetried));
        Assert.Equal(5, _proxy.Count(TableRequestKind.Insert));
    }

    [Fact]
    public async Task A_Try_That_Takes_Too_Long_Is_A_Failure_Of_Status_0()
    {
        TableClientOptions options = FakeService.Quick();
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(300);
        options.Retry.MaxRetries = 1;
        using StallingService service = new();
        options.Transport = new Azure.Core.Pipeline.HttpClientTransport(service);
        TableClient table = new TableServiceClient("AccountName=a;AccountKey=a2V5", options).GetTableClient("rows");

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => table.AddEntityAsync(Row("1"), Cancel));

        Assert.Equal((0, true, 2), (e.Status, e.WasRetried, service.Count));
    }

    [Fact]
    public async Task A_Caller_Who_Gives_Up_Gets_A_Cancellation()
    {
        using StallingService service = new();
        TableClientOptions options = FakeService.Quick();
        options.Transport = new Azure.Core.Pipeline.HttpClientTransport(service);
        TableClient table = new TableServiceClient("AccountName=a;AccountKey=a2V5", options).GetTableClient("rows");
        using CancellationTokenSource caller = new();
        Task<Response> insert = table.AddEntityAsync(Row("1"), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => insert);
    }

    [Fact]
    public async Task Retry_After_Is_Waited_For()
    {
        long first = 0;
        TimeSpan waited = default;
        using FakeService service = new((i, _) =>
        {
            if (i == 1)
            {
                first = Stopwatch.GetTimestamp();
                HttpResponseMessage busy = FakeService.Answer(HttpStatusCode.TooManyRequests);
                busy.Headers.Add("Retry-After", "1");
                return busy;
            }

            waited = Stopwatch.GetElapsedTime(first);
            return FakeService.Answer(HttpStatusCode.NoContent);
        });
        TableClientOptions options = service.Options();
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);

        await service.Table(options).AddEntityAsync(Row("1"), Cancel);

        // Without the header it would be 1 ms.
        Assert.True(waited >= TimeSpan.FromMilliseconds(900), $"Waited {waited}.");
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("Fri, 31 Dec 2399 23:59:59 GMT")]
    public async Task A_Retry_After_Over_The_Longest_Delay_Ends_The_Retries(string after)
    {
        using FakeService service = new((_, _) =>
        {
            HttpResponseMessage busy = FakeService.Answer(HttpStatusCode.ServiceUnavailable);
            busy.Headers.Add("Retry-After", after);
            return busy;
        });

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => service.Table().AddEntityAsync(Row("1"), Cancel));

        Assert.Equal((503, false), (e.Status, e.WasRetried));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Nothing_Is_Lost_Or_Doubled_When_Many_Write_Through_Faults()
    {
        // Enough retries that none of 300 runs out of them by bad luck: nearly one attempt in four fails.
        TableClientOptions options = FakeService.Quick();
        options.Retry.MaxRetries = 10;
        TableClient table = new TableServiceClient(_proxy.ConnectionString, options).GetTableClient("rows");
        _proxy.Fault = TableFaults.Any(TableFaults.Every(10, FaultAction.ForwardThenRefuse), TableFaults.Every(7, FaultAction.ForwardThenDrop));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 300),
            new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = Cancel },
            async (i, cancel) => await table.AddEntityAsync(Row($"{i:D4}"), cancel));

        _proxy.Reset();
        List<TableEntity> rows = await _table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal(300, rows.Count);
    }

    private static TableEntity Row(string rowKey) => new("p", rowKey) { ["Text"] = "سلام‌", ["Number"] = 5L };

    private async Task<TableEntity?> ReadAsync(string rowKey)
    {
        _proxy.Fault = null;
        NullableResponse<TableEntity> found = await _table.GetEntityIfExistsAsync<TableEntity>("p", rowKey, cancellationToken: Cancel);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Never answers; ends when its request is cancelled.</summary>
    private sealed class StallingService : HttpMessageHandler
    {
        private int _count;

        public int Count => _count;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new UnreachableException();
        }
    }
}
