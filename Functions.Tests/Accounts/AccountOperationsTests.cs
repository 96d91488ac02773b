using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Accounts;

/// <summary>What the addresses about accounts cost in table operations, counted on the wire, and what they do when answers of storage get lost.</summary>
public sealed class AccountOperationsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string New = "quiet-H4rbour";
    private TableProxy _proxy = null!;
    private ChatHost _host = null!;
    private ChatUser _user = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _host = await ChatHost.StartAsync(_proxy.ConnectionString);
        _user = await _host.SignedInAsync();
        _proxy.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Register_Is_One_Transaction()
    {
        Assert.Equal(201, (await _host.RegisterAsync(AccountClient.NewName())).Status);
        Expect(TableRequestKind.Batch);
        Assert.Equal(409, (await _host.RegisterAsync(_user.Username)).Status);
        Expect(TableRequestKind.Batch);
        Assert.Equal(400, (await _host.RegisterAsync("a b")).Status);
        Expect();
    }

    [Fact]
    public async Task Login_Is_One_Query_And_One_Transaction()
    {
        Assert.Equal(200, (await _host.LoginAsync(_user.Username, _user.Password)).Status);
        Expect(TableRequestKind.Query, TableRequestKind.Batch);
    }

    [Fact]
    public async Task A_Failed_Login_Costs_The_Same_Whether_The_Name_Exists_Or_Not()
    {
        foreach (string name in new[] { _user.Username, AccountClient.NewName() })
        {
            await _host.LoginAsync(name, "Tr4velling-lump");
            Expect(TableRequestKind.Query, TableRequestKind.Insert);
            await _host.LoginAsync(name, "Tr4velling-lump");
            Expect(TableRequestKind.Query, TableRequestKind.Update);
        }

        Assert.Equal(200, (await _host.LoginAsync(_user.Username, _user.Password)).Status);
        Expect(TableRequestKind.Query, TableRequestKind.Batch);
    }

    [Fact]
    public async Task To_Know_Who_Is_Calling_Costs_Nothing()
    {
        Assert.Equal(400, (await _user.PostAsync("/chat/password/", new { })).Status);
        Assert.Equal(404, (await _user.GetAsync("/chat/profile/a%20b/")).Status);
        Expect();
    }

    [Fact]
    public async Task The_Other_Addresses_Keep_Their_Budgets()
    {
        string refreshToken = (await _host.RefreshAsync(_user.RefreshToken)).Session().RefreshToken;
        Expect(TableRequestKind.PointRead, TableRequestKind.PointRead, TableRequestKind.Update);
        await _host.RefreshAsync("nonsense");
        Expect();
        await _user.GetAsync("/chat/profile/");
        Expect(TableRequestKind.PointRead);
        await _user.SendAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "x" });
        Expect(TableRequestKind.PointRead, TableRequestKind.Batch);
        await _user.PostAsync("/chat/password/", new { password = _user.Password, password1 = New, password2 = New });
        Expect(TableRequestKind.Query, TableRequestKind.Batch);
        await _user.PostAsync("/chat/logout/");
        Expect(TableRequestKind.Delete);
        Assert.Equal(401, (await _host.RefreshAsync(refreshToken)).Status);
    }

    [Theory]
    [InlineData(FaultAction.ForwardThenDrop)]
    [InlineData(FaultAction.ForwardThenRefuse)]
    public async Task A_Write_Whose_Answer_Is_Lost_Has_Happened_Once(FaultAction fault)
    {
        string name = AccountClient.NewName();
        Lose(fault);
        Assert.Equal(201, (await _host.RegisterAsync(name)).Status);

        Lose(fault);
        (_, string refreshToken) = (await _host.LoginAsync(name)).Session();

        Lose(fault);
        refreshToken = (await _host.RefreshAsync(refreshToken)).Session().RefreshToken;

        ChatUser user = await _host.LogInAsync(name, AccountClient.Password);
        Lose(fault);
        Assert.Equal(204, (await user.PostAsync("/chat/password/", new { password = AccountClient.Password, password1 = New, password2 = New })).Status);
        Assert.Equal(401, (await _host.RefreshAsync(refreshToken)).Status);
        Assert.Equal(200, (await _host.LoginAsync(name, New)).Status);

        Lose(fault);
        Assert.Equal(204, (await user.PostAsync("/chat/logout/")).Status);
        Assert.Equal(401, (await _host.RefreshAsync(user.RefreshToken)).Status);
    }

    [Fact]
    public async Task When_Storage_Does_Not_Answer_The_Caller_May_Try_Again()
    {
        _proxy.Fault = static _ => FaultAction.Refuse;
        foreach (ApiAnswer answer in new[]
        {
            await _host.LoginAsync(_user.Username, _user.Password),
            await _host.RegisterAsync(AccountClient.NewName()),
            await _host.RefreshAsync(_user.RefreshToken),
            await _user.GetAsync("/chat/profile/"),
        })
        {
            Assert.Equal((503, "unavailable"), (answer.Status, answer.Code));
            Assert.NotNull(answer.Header("Retry-After"));
        }

        _proxy.Fault = null;
        Assert.Equal(200, (await _host.RefreshAsync(_user.RefreshToken)).Status);
    }

    private void Lose(FaultAction fault) => _proxy.Fault = TableFaults.Once(static request => request.IsWrite, fault);

    private void Expect(params TableRequestKind[] kinds)
    {
        Assert.Equal(string.Join(' ', kinds), string.Join(' ', _proxy.Requests.Select(static request => request.Kind)));
        _proxy.Reset();
    }
}
