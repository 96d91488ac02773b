using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class RefreshTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewConnectionString();

    [Fact]
    public async Task A_Refresh_Token_Gives_A_New_Session_With_New_Tokens()
    {
        var clock = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(_storage, new ChatHostOptions { Time = clock });
        ChatUser user = await host.SignedInAsync();
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(401, (await user.GetAsync("/chat/profile/")).Status);
        ApiAnswer answer = await host.RefreshAsync(user.RefreshToken);
        (string token, string refreshToken) = answer.Session();
        Assert.Equal(user.Username, answer.Json.GetProperty("username").GetString());
        Assert.NotEqual(user.RefreshToken, refreshToken, StringComparer.Ordinal);
        Assert.NotNull(answer.SetCookie("chat_session"));
        using HttpClient client = host.SignedIn(token);
        Assert.Equal(200, (await client.GetJsonAsync("/chat/profile/")).Status);
    }

    [Fact]
    public async Task Each_Token_Works_Once_And_Reuse_Ends_The_Family()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        ChatUser other = await host.LogInAsync(user.Username, user.Password);
        string second = (await host.RefreshAsync(user.RefreshToken)).Session().RefreshToken;
        string third = (await host.RefreshAsync(second)).Session().RefreshToken;
        ApiAnswer reuse = await host.RefreshAsync(user.RefreshToken);
        Assert.Equal((401, "invalid_refresh_token"), (reuse.Status, reuse.Code));
        Assert.Equal(401, (await host.RefreshAsync(third)).Status);
        Assert.Equal(200, (await host.RefreshAsync(other.RefreshToken)).Status);
    }

    [Fact]
    public async Task Used_Twice_At_Once_It_Is_Reuse()
    {
        await using ChatHost one = await ChatHost.StartAsync(_storage);
        await using ChatHost two = await ChatHost.StartAsync(_storage);
        ChatUser user = await one.SignedInAsync();
        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? one : two).RefreshAsync(user.RefreshToken)));
        Assert.InRange(answers.Count(answer => answer.Status == 200), 0, 1);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 401, answer.ToString()));
        foreach (ApiAnswer winner in answers.Where(answer => answer.Status == 200))
        {
            Assert.Equal(401, (await one.RefreshAsync(winner.Session().RefreshToken)).Status);
        }
    }

    [Fact]
    public async Task A_Session_Lives_Thirty_Days_From_Its_Last_Refresh()
    {
        var clock = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(_storage, new ChatHostOptions { Time = clock });
        string refreshToken = (await host.SignedInAsync()).RefreshToken;
        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        refreshToken = (await host.RefreshAsync(refreshToken)).Session().RefreshToken;
        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        refreshToken = (await host.RefreshAsync(refreshToken)).Session().RefreshToken;
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(401, (await host.RefreshAsync(refreshToken)).Status);
    }

    [Fact]
    public async Task Nonsense_Is_Answered_Like_A_Spent_Token()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        string[] bad = ["x", "a.b.c", user.Token, user.RefreshToken[..^1], user.RefreshToken.ToUpperInvariant(), new string('0', 109), "\u0627", $"{new string('0', 32)}.{user.RefreshToken[33..]}"];
        foreach (string token in bad)
        {
            ApiAnswer answer = await host.RefreshAsync(token);
            Assert.Equal((401, "invalid_refresh_token"), (answer.Status, answer.Code));
        }

        using HttpClient client = host.Anonymous();
        Assert.Equal("invalid_refresh_token", (await client.PostJsonAsync("/chat/refresh/")).Code);
        Assert.Equal("invalid_refresh_token", (await client.PostJsonAsync("/chat/refresh/", new { })).Code);
        Assert.Equal(200, (await client.PostFormAsync("/chat/refresh/", ("refresh_token", user.RefreshToken))).Status);
    }

    [Fact]
    public async Task An_Erased_Account_Does_Not_Refresh_Not_Even_Under_A_New_Owner_Of_The_Name()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        await host.RemoveAccountAsync(user.Username);
        Assert.Equal(401, (await host.RefreshAsync(user.RefreshToken)).Status);
        Assert.Equal(201, (await host.RegisterAsync(user.Username)).Status);
        Assert.Equal(401, (await host.RefreshAsync(user.RefreshToken)).Status);
        Assert.Equal((401, "not_signed_in"), Reason(await user.GetAsync("/chat/profile/")));
    }

    [Fact]
    public async Task After_Logout_The_Refresh_Token_Is_Dead()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        ChatUser other = await host.LogInAsync(user.Username, user.Password);
        ApiAnswer answer = await user.PostAsync("/chat/logout/");
        Assert.Equal(204, answer.Status);
        Assert.StartsWith("chat_session=;", answer.SetCookie("chat_session"), StringComparison.Ordinal);
        Assert.StartsWith("chat_refresh=;", answer.SetCookie("chat_refresh"), StringComparison.Ordinal);
        Assert.Equal(401, (await host.RefreshAsync(user.RefreshToken)).Status);
        Assert.Equal(204, (await user.PostAsync("/chat/logout/")).Status);
        Assert.Equal(200, (await host.RefreshAsync(other.RefreshToken)).Status);
    }

    private static (int Status, string? Code) Reason(ApiAnswer answer) => (answer.Status, answer.Code);
}
