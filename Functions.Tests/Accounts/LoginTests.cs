using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class LoginTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewConnectionString();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Session_Has_Both_Tokens_And_The_Name_As_Registered()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        ApiAnswer answer = await host.LoginAsync(name.ToUpperInvariant());
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            "token token_type expires_in refresh_token username", string.Join(' ', answer.Json.EnumerateObject().Select(field => field.Name)));
        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(3600, answer.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal(name, answer.Json.GetProperty("username").GetString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        using HttpClient client = host.SignedIn(answer.Session().Token);
        Assert.Equal(name, (await client.GetJsonAsync("/chat/profile/")).Json.GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_Form_Logs_In_Too()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        using HttpClient client = host.Anonymous();
        Assert.Equal(200, (await client.PostFormAsync("/chat/login/", ("username", name), ("password", AccountClient.Password))).Status);
    }

    [Fact]
    public async Task Unknown_Names_Wrong_Passwords_And_Impossible_Names_Get_The_Same_Answer()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        ApiAnswer wrong = await host.LoginAsync(name, "Tr4velling-lump");
        Assert.Equal((401, "invalid_credentials"), (wrong.Status, wrong.Code));
        Assert.Equal(wrong.Body, (await host.LoginAsync(AccountClient.NewName())).Body);
        Assert.Equal(wrong.Body, (await host.LoginAsync("no such/name")).Body);
        Assert.Equal(wrong.Body, (await host.LoginAsync(new string('x', 10_000))).Body);
        Assert.Equal(wrong.Body, (await host.LoginAsync(name, new string('x', 10_000))).Body);
        Assert.Equal("Bearer", wrong.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Missing_Fields_Are_Named()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        using HttpClient client = host.Anonymous();
        Assert.Equal(["username", "password"], (await client.PostJsonAsync("/chat/login/", new { })).ErrorFields);
        Assert.Equal(["password"], (await client.PostJsonAsync("/chat/login/", new { username = "a", password = "" })).ErrorFields);
    }

    [Fact]
    public async Task Raised_Iterations_Hash_The_Password_Anew_At_Login()
    {
        string name = AccountClient.NewName();
        string before;
        await using (ChatHost host = await ChatHost.StartAsync(_storage))
        {
            await host.RegisterAsync(name);
            await host.LoginAsync(name);
            before = await HashAsync(host, name);
        }

        await using ChatHost raised = await ChatHost.StartAsync(_storage, With("Accounts:PasswordIterations", "20000"));
        Assert.Equal(401, (await raised.LoginAsync(name, "Tr4velling-lump")).Status);
        Assert.Equal(before, await HashAsync(raised, name), StringComparer.Ordinal);
        Assert.Equal(200, (await raised.LoginAsync(name)).Status);
        string after = await HashAsync(raised, name);
        Assert.NotEqual(before, after, StringComparer.Ordinal);
        Assert.Equal(200, (await raised.LoginAsync(name)).Status);
        Assert.Equal(after, await HashAsync(raised, name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Logins_At_Once_In_Two_Instances_All_Get_A_Session()
    {
        await using ChatHost one = await ChatHost.StartAsync(_storage);
        await using ChatHost two = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await one.RegisterAsync(name);
        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? one : two).LoginAsync(name)));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(12, (await SessionsAsync(one, name)).Count);
    }

    [Fact]
    public async Task The_Session_Refreshed_Longest_Ago_Makes_Room()
    {
        var clock = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(_storage, With("Accounts:MaxSessions", "2") with { Time = clock });
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        string first = (await host.LoginAsync(name)).Session().RefreshToken;
        clock.Advance(TimeSpan.FromMinutes(1));
        string second = (await host.LoginAsync(name)).Session().RefreshToken;
        clock.Advance(TimeSpan.FromMinutes(1));
        first = (await host.RefreshAsync(first)).Session().RefreshToken;
        await host.LoginAsync(name);
        Assert.Equal(2, (await SessionsAsync(host, name)).Count);
        Assert.Equal(401, (await host.RefreshAsync(second)).Status);
        Assert.Equal(200, (await host.RefreshAsync(first)).Status);
    }

    [Fact]
    public async Task Expired_Sessions_Are_Swept_At_Login()
    {
        var clock = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(_storage, new ChatHostOptions { Time = clock });
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        await host.LoginAsync(name);
        await host.LoginAsync(name);
        clock.Advance(TimeSpan.FromDays(30));
        await host.LoginAsync(name);
        Assert.Single(await SessionsAsync(host, name));
    }

    [Fact]
    public async Task Nothing_Secret_Is_Stored()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        (string token, string refreshToken) = (await host.LoginAsync(name)).Session();
        await foreach (TableEntity row in host.Tables.Users.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {AccountClient.Partition(name)}"), cancellationToken: Cancellation))
        {
            string all = string.Join('\n', row.Values);
            Assert.DoesNotContain(AccountClient.Password, all, StringComparison.Ordinal);
            Assert.DoesNotContain(token, all, StringComparison.Ordinal);
            Assert.DoesNotContain(refreshToken.Split('.')[2], all, StringComparison.Ordinal);
        }
    }

    private static ChatHostOptions With(string setting, string value) =>
        new() { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { [setting] = value } };

    private static async Task<string> HashAsync(ChatHost host, string name)
    {
        NullableResponse<TableEntity> row = await host.Tables.Users.GetEntityIfExistsAsync<TableEntity>(
            AccountClient.Partition(name), Keys.Account, cancellationToken: Cancellation);
        return row.Value!.GetString("PasswordHash")!;
    }

    private static async Task<List<TableEntity>> SessionsAsync(ChatHost host, string name)
    {
        string range = TableClient.CreateQueryFilter(
            $"PartitionKey eq {AccountClient.Partition(name)} and RowKey ge {Keys.AccessSessions} and RowKey lt {Keys.Account}");
        List<TableEntity> rows = [];
        await foreach (TableEntity row in host.Tables.Users.QueryAsync<TableEntity>(range, cancellationToken: Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
