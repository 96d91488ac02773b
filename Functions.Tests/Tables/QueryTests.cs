using System.Net;
using Azure;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Tables;

/// <summary>Queries against Azurite, and against a service that does what Azurite never does.</summary>
public sealed class QueryTests(AzuriteFixture azurite)
{
    private readonly TableClient _table = new TableServiceClient(azurite.NewConnectionString(), FakeService.Quick()).GetTableClient("rows");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(2000, 1)]
    public async Task Pages_Go_On_Until_There_Is_No_More(int perPage, int pages)
    {
        string partition = $"p{perPage}";
        await InsertAsync(partition, "a", "b", "c", "d", "e");

        List<Page<TableEntity>> read = await _table.QueryAsync<TableEntity>($"PartitionKey eq '{partition}'", perPage, cancellationToken: Cancel)
            .AsPages().ToListAsync(Cancel);

        Assert.Equal(pages, read.Count(static page => page.Values.Count > 0));
        Assert.Equal("a b c d e", Keys(read.SelectMany(static page => page.Values)));
    }

    [Fact]
    public async Task A_Token_Continues_Where_Its_Page_Ended()
    {
        await InsertAsync("tokens", "a", "b'&=+", "c");
        AsyncPageable<TableEntity> query = _table.QueryAsync<TableEntity>("PartitionKey eq 'tokens'", cancellationToken: Cancel);

        Page<TableEntity> first = await query.AsPages(pageSizeHint: 1).FirstAsync(Cancel);
        List<Page<TableEntity>> rest = await query.AsPages(first.ContinuationToken).ToListAsync(Cancel);

        Assert.Equal("a", Keys(first.Values));
        Assert.Equal("b'&=+ c", Keys(rest.SelectMany(static page => page.Values)));
    }

    [Theory]
    [InlineData("$filter=true")]
    [InlineData("NextPartitionKey=a&$filter=PartitionKey%20ge%20%27%27")]
    [InlineData("NextPartitionKey=a b")]
    [InlineData("NextPartitionKey=a#b")]
    public void A_Token_Brings_Nothing_Else_Into_The_Query(string token) => Assert.Throws<ArgumentException>(
        () => _table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).AsPages(token));

    [Fact]
    public async Task A_Range_Of_Keys_Is_Cut_From_One_Partition()
    {
        await InsertAsync("range", "a", "b", "b1", "c");
        await InsertAsync("rangf", "b");

        List<TableEntity> some = await _table.QueryAsync<TableEntity>(
            "PartitionKey eq 'range' and RowKey ge 'b' and RowKey lt 'c'", cancellationToken: Cancel).ToListAsync(Cancel);
        List<TableEntity> none = await _table.QueryAsync<TableEntity>("PartitionKey eq 'none'", cancellationToken: Cancel).ToListAsync(Cancel);

        Assert.Equal("b b1", Keys(some));
        Assert.Empty(none);
    }

    [Fact]
    public async Task Empty_Pages_With_A_Token_Are_Walked_Through()
    {
        using FakeService service = new(static (i, _) => i switch
        {
            1 => Page("", ("NextPartitionKey", "1!8!cA--"), ("NextRowKey", "a+b/c=")),
            2 => Page("", ("NextPartitionKey", "2!")),
            3 => Page("""{"odata.etag":"W/\"x\"","PartitionKey":"p","RowKey":"r"}""", ("NextPartitionKey", ""), ("NextRowKey", "")),
            _ => throw new InvalidOperationException("There was no token."),
        });

        TableEntity row = await service.Table().QueryAsync<TableEntity>("PartitionKey eq 'p'", 10, ["RowKey"], Cancel).SingleAsync(Cancel);

        Assert.Equal(("r", new ETag("W/\"x\"")), (row.RowKey, row.ETag));
        const string Query = "https://a.table.core.windows.net/rows()?$filter=PartitionKey%20eq%20%27p%27&$select=RowKey&$top=10";
        Assert.Equal(
            string.Join('\n', Query, Query + "&NextPartitionKey=1%218%21cA--&NextRowKey=a%2Bb%2Fc%3D", Query + "&NextPartitionKey=2%21"),
            string.Join('\n', service.Requests.Select(static request => request.Uri.AbsoluteUri)));
    }

    [Fact]
    public async Task Types_Are_Read_Whatever_The_Order_Of_Annotations()
    {
        using FakeService service = new(static (_, _) => Page(
            """
            {"odata.type":"a.rows","odata.id":"x","PartitionKey":"p","RowKey":"r","Timestamp":"2026-08-01T01:02:03.1234567Z",
             "A":"5","A@odata.type":"Edm.Int64","B@odata.type":"Edm.Double","B":3,"C":3.0,"D":"NaN","D@odata.type":"Edm.Double",
             "E":7,"E@odata.type":"Edm.Double","F":null,"G":3000000000,"H@odata.type":"Edm.Int64","H":9}
            """));

        TableEntity row = await service.Table().QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).SingleAsync(Cancel);

        Assert.Equal(5L, row["A"]);
        Assert.Equal(3.0, row["B"]);
        Assert.Equal(3.0, row["C"]);
        Assert.Equal(double.NaN, row["D"]);
        Assert.Equal(7.0, row["E"]);
        Assert.False(row.ContainsKey("F") || row.ContainsKey("odata.type"));
        Assert.Equal(3e9, row["G"]);
        Assert.Equal(9L, row["H"]);
        Assert.Equal(1234567, row.Timestamp!.Value.Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RowKey eq 'r'")]
    [InlineData("PartitionKey ge 'p'")]
    [InlineData("PartitionKey eq 'p' or RowKey eq 'r'")]
    [InlineData("PartitionKey eq 'p' and RowKey ne 'r'")]
    [InlineData("PartitionKey eq 'p' and Name eq 'n'")]
    [InlineData("PartitionKey eq 'p' and RowKey eq 'r' and Name eq 'n'")]
    [InlineData("PartitionKey eq 'p' and PartitionKey eq 'q'")]
    [InlineData("not PartitionKey eq 'p'")]
    [InlineData("PartitionKey eq 'p' and not RowKey eq 'r'")]
    [InlineData("Text eq 'PartitionKey eq ''p'''")]
    [InlineData("PartitionKey eq 'p' and")]
    [InlineData("PartitionKey eq 'p")]
    [InlineData("PartitionKey eq p")]
    [InlineData("(PartitionKey eq 'p'")]
    [InlineData("PartitionKey eq 'p')")]
    [InlineData("PartitionKey eq 'p' andRowKey eq 'r'")]
    [InlineData("PartitionKeys eq 'p'")]
    public void A_Scan_Is_Refused(string? filter) =>
        Assert.Throws<InvalidOperationException>(() => _table.QueryAsync<TableEntity>(filter, cancellationToken: Cancel));

    [Theory]
    [InlineData("PartitionKey eq 'it''s'")]
    [InlineData("PartitionKey eq 'p or RowKey ne ''x'''")]
    [InlineData(" ( PartitionKey eq 'p' ) and (RowKey ge 'a' and RowKey lt 'b')")]
    [InlineData("RowKey gt 'a' and PartitionKey eq 'p' and RowKey le 'b'")]
    [InlineData("PartitionKey eq '' and RowKey eq ''")]
    public async Task A_Range_Of_Keys_Is_No_Scan(string filter) =>
        Assert.Empty(await _table.QueryAsync<TableEntity>(filter, cancellationToken: Cancel).ToListAsync(Cancel));

    [Fact]
    public async Task A_Scan_Can_Be_Allowed()
    {
        TableClientOptions options = new() { RefuseScans = false };
        TableClient table = new TableServiceClient(azurite.NewConnectionString(), options).GetTableClient("rows");
        byte[] bytes = [1, 255];
        DateTimeOffset time = DateTimeOffset.UnixEpoch;
        TableEntity row = new("p", "r")
        {
            ["A"] = "it's", ["B"] = 5L, ["C"] = 2.0, ["D"] = true, ["E"] = time, ["F"] = Guid.Empty, ["G"] = bytes,
        };
        await table.AddEntityAsync(row, Cancel);

        string filter = TableClient.CreateQueryFilter(
            $"A eq {"it's"} and B eq {5L} and C eq {2.0} and D eq {true} and E eq {time} and F eq {Guid.Empty} and G eq {bytes}");

        Assert.Equal("r", (await table.QueryAsync<TableEntity>(filter, cancellationToken: Cancel).SingleAsync(Cancel)).RowKey);
    }

    [Fact]
    public void A_Filter_Quotes_Its_Arguments()
    {
        Assert.Equal("PartitionKey eq 'x'' or ''1'' eq ''1' and B eq -5", TableClient.CreateQueryFilter($"PartitionKey eq {"x' or '1' eq '1"} and B eq {-5}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {null}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {1m}"));
    }

    [Fact]
    public void A_Page_Has_At_Least_One_Row() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _table.QueryAsync<TableEntity>("PartitionKey eq 'p'", 0, cancellationToken: Cancel));

    private static string Keys(IEnumerable<TableEntity> rows) => string.Join(' ', rows.Select(static row => row.RowKey));

    private static HttpResponseMessage Page(string rows, params (string Name, string Value)[] next)
    {
        HttpResponseMessage answer = FakeService.Answer(HttpStatusCode.OK, $$"""{"odata.metadata":"x","value":[{{rows}}]}""");
        foreach ((string name, string value) in next)
        {
            answer.Headers.TryAddWithoutValidation("x-ms-continuation-" + name, value);
        }

        return answer;
    }

    private async Task InsertAsync(string partition, params string[] rowKeys) => await _table.SubmitTransactionAsync(
        rowKeys.Select(rowKey => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, rowKey))), Cancel);
}
