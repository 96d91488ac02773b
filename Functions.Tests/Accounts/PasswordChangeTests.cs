using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class PasswordChangeTests(AzuriteFixture azurite)
{
    private const string New = "quiet-H4rbour";
    private readonly string _storage = azurite.NewConnectionString();

    [Fact]
    public async Task Every_Other_Session_Ends_And_The_Present_One_Stays()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        ChatUser other = await host.LogInAsync(user.Username, user.Password);
        Assert.Equal(204, (await user.PostAsync("/chat/password/", Change(user.Password, New, New))).Status);
        Assert.Equal(401, (await host.RefreshAsync(other.RefreshToken)).Status);
        Assert.Equal(200, (await host.RefreshAsync(user.RefreshToken)).Status);
        Assert.Equal(401, (await host.LoginAsync(user.Username, user.Password)).Status);
        Assert.Equal(200, (await host.LoginAsync(user.Username, New)).Status);
    }

    [Fact]
    public async Task A_Login_With_The_Old_Password_At_The_Same_Time_Leaves_No_Session()
    {
        await using ChatHost one = await ChatHost.StartAsync(_storage);
        await using ChatHost two = await ChatHost.StartAsync(_storage);
        ChatUser user = await one.SignedInAsync();
        Task<ApiAnswer> change = user.PostAsync("/chat/password/", Change(user.Password, New, New));
        ApiAnswer[] logins = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => two.LoginAsync(user.Username, user.Password)));
        Assert.Equal(204, (await change).Status);
        foreach (ApiAnswer login in logins.Where(answer => answer.Status == 200))
        {
            Assert.Equal(401, (await two.RefreshAsync(login.Session().RefreshToken)).Status);
        }
    }

    [Fact]
    public async Task Bad_Fields_Are_Named()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        Assert.Equal("password password1 password2", await RefusedAsync(user, new { }));
        Assert.Equal("password", await RefusedAsync(user, Change("wrong-present", New, New)));
        Assert.Equal("password1", await RefusedAsync(user, Change(user.Password, user.Username, user.Username)));
        Assert.Equal("password2", await RefusedAsync(user, Change(user.Password, New, New + "x")));
        Assert.Equal(200, (await host.LoginAsync(user.Username, user.Password)).Status);
    }

    [Fact]
    public async Task An_Erased_Account_Is_Not_Signed_In()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        await user.EraseAsync();
        ApiAnswer answer = await user.PostAsync("/chat/password/", Change(user.Password, New, New));
        Assert.Equal((401, "not_signed_in"), (answer.Status, answer.Code));
    }

    private static object Change(string password, string password1, string password2) => new { password, password1, password2 };

    private static async Task<string> RefusedAsync(ChatUser user, object body)
    {
        ApiAnswer answer = await user.PostAsync("/chat/password/", body);
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Code));
        return string.Join(' ', answer.ErrorFields.Order(StringComparer.Ordinal));
    }
}
