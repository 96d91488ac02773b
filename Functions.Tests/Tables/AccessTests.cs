using System.Net;
using Azure.Core;
using Azure.Identity;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Tables;

/// <summary>Connection strings, signatures and tokens.</summary>
public sealed class AccessTests
{
    private const string Key = "c2VjcmV0LWtleS1zZWNyZXQta2V5LXNlY3JldC1rZXk=";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("usedevelopmentstorage=TRUE;", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("AccountName=acct;AccountKey=" + Key, "https://acct.table.core.windows.net/")]
    [InlineData("DefaultEndpointsProtocol=http; AccountName=acct; AccountKey=" + Key + "; EndpointSuffix=core.chinacloudapi.cn", "http://acct.table.core.chinacloudapi.cn/")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=http://127.0.0.1:10002/acct/;BlobEndpoint=http://x", "http://127.0.0.1:10002/acct/")]
    public void A_Connection_String_Says_Where_The_Tables_Are(string connectionString, string endpoint) =>
        Assert.Equal(endpoint, new TableServiceClient(connectionString).Uri.AbsoluteUri);

    [Theory]
    [InlineData("AccountName=acct", "AccountKey")]
    [InlineData("AccountName=acct;AccountKey=", "AccountKey")]
    [InlineData("AccountKey=" + Key, "AccountName")]
    [InlineData("AccountName=acct;AccountKey=" + Key + "!", "base64")]
    [InlineData(Key + ";AccountName=acct", "AccountKey")]
    [InlineData("=" + Key + ";AccountName=acct", "without a name")]
    [InlineData("secret", "without a name")]
    [InlineData("UseDevelopmentStorage=" + Key, "UseDevelopmentStorage")]
    [InlineData("TableEndpoint=https://x;SharedAccessSignature=" + Key, "SharedAccessSignature")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=nowhere", "TableEndpoint")]
    [InlineData("AccountName=acct;AccountKey=" + Key + ";TableEndpoint=file:///x", "TableEndpoint")]
    [InlineData("AccountName=a b;AccountKey=" + Key, "AccountName")]
    public void A_Part_That_Is_Missing_Is_Named_And_No_Key_Repeated(string connectionString, string part)
    {
        FormatException e = Assert.Throws<FormatException>(() => new TableServiceClient(connectionString));

        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..8], e.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Options_Out_Of_Bounds_Are_Refused()
    {
        TableClientOptions many = new();
        many.Retry.MaxRetries = 11;
        TableClientOptions slow = new();
        slow.Retry.NetworkTimeout = TimeSpan.FromHours(1);
        TableClientOptions none = new();
        none.Retry.Delay = TimeSpan.Zero;

        Assert.All((TableClientOptions[])[many, slow, none], static options =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new TableServiceClient("UseDevelopmentStorage=true", options)));
    }

    [Fact]
    public async Task A_Token_Is_Asked_For_Storage_And_Sent()
    {
        using FakeService service = new(static (_, _) => FakeService.Answer(HttpStatusCode.NoContent));
        FakeCredential credential = new(static () => new AccessToken("the-token", DateTimeOffset.MaxValue));
        TableClient table = new TableServiceClient(new Uri("https://acct.table.core.windows.net"), credential, service.Options()).GetTableClient("rows");

        await table.UpsertEntityAsync(new TableEntity("p", "r"), cancellationToken: Cancel);
        await table.DeleteEntityAsync("p", "r", cancellationToken: Cancel);

        Assert.Equal("https://storage.azure.com/.default", Assert.Single(credential.Scopes));
        Assert.All(service.Requests, static request => Assert.Equal("Bearer the-token", request.Authorization));
    }

    [Fact]
    public void A_Token_Is_Not_Sent_In_The_Clear() => Assert.Throws<ArgumentException>(
        () => new TableServiceClient(new Uri("http://acct.table.core.windows.net"), new FakeCredential(static () => default)));

    [Fact]
    public async Task No_Token_Is_A_Failure_Of_Status_0()
    {
        using FakeService service = new(static (_, _) => FakeService.Answer(HttpStatusCode.NoContent));
        FakeCredential credential = new(static () => throw new AuthenticationFailedException("No identity here."));
        TableClient table = new TableServiceClient(new Uri("https://acct.table.core.windows.net"), credential, service.Options()).GetTableClient("rows");

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => table.DeleteEntityAsync("p", "r", cancellationToken: Cancel));

        Assert.Equal(0, e.Status);
        Assert.Empty(service.Requests);
    }

    /// <summary>The example's string to sign by hand: date, line break, account and path; the query is no part of it.</summary>
    [Fact]
    public async Task A_Request_Is_Signed_With_Shared_Key_Lite()
    {
        string? date = null;
        using FakeService service = new((_, request) =>
        {
            date = request.Headers.GetValues("x-ms-date").Single();
            return FakeService.Answer(HttpStatusCode.OK, "{\"value\":[]}");
        });
        TableServiceClient client = new("AccountName=acct;AccountKey=" + Key, service.Options());

        await client.GetTableClient("rows").QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).ToListAsync(Cancel);

        byte[] signature = System.Security.Cryptography.HMACSHA256.HashData(
            Convert.FromBase64String(Key), System.Text.Encoding.UTF8.GetBytes(date + "\n/acct/rows()"));
        Assert.Equal("SharedKeyLite acct:" + Convert.ToBase64String(signature), Assert.Single(service.Requests).Authorization);
    }

    private sealed class FakeCredential(Func<AccessToken> token) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return token();
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
