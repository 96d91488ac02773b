using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class LockoutTests(AzuriteFixture azurite)
{
    private const string Wrong = "Tr4velling-lump";
    private readonly string _storage = azurite.NewConnectionString();
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_Five_Wrong_Passwords_The_Name_Waits_Whether_It_Exists_Or_Not(bool exists)
    {
        await using ChatHost host = await StartAsync();
        string name = AccountClient.NewName();
        if (exists)
        {
            await host.RegisterAsync(name);
        }

        await FailAsync(5, name, host);
        ApiAnswer waiting = await host.LoginAsync(name);
        Assert.Equal((429, "too_many_requests", "30"), (waiting.Status, waiting.Code, waiting.Header("Retry-After")));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("1", (await host.LoginAsync(name)).Header("Retry-After"));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await host.LoginAsync(name, Wrong)).Status);
        Assert.Equal("60", (await host.LoginAsync(name)).Header("Retry-After"));
    }

    [Fact]
    public async Task Failures_Count_Across_Instances()
    {
        await using ChatHost one = await StartAsync();
        await using ChatHost two = await StartAsync();
        string name = AccountClient.NewName();
        await one.RegisterAsync(name);
        await FailAsync(5, name, one, two);
        Assert.Equal(429, (await one.LoginAsync(name)).Status);
        Assert.Equal(429, (await two.LoginAsync(name)).Status);
    }

    [Fact]
    public async Task Guesses_Sent_At_Once_Do_Not_Slip_Through()
    {
        await using ChatHost one = await StartAsync();
        await using ChatHost two = await StartAsync();
        string name = AccountClient.NewName();
        await one.RegisterAsync(name);
        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).LoginAsync(name, Wrong + i)));
        Assert.All(answers, answer => Assert.True(answer.Status is 401 or 429 or 503, answer.ToString())); // 503: too many wait in the line
        Assert.InRange(answers.Count(answer => answer.Status == 401), 5, 6); // the other instance may be in the middle of one
        Assert.Equal(429, (await one.LoginAsync(name)).Status);
    }

    [Fact]
    public async Task A_Right_Password_Ends_The_Run()
    {
        await using ChatHost host = await StartAsync();
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        await FailAsync(4, name, host);
        Assert.Equal(200, (await host.LoginAsync(name)).Status);
        await FailAsync(4, name, host);
        Assert.Equal(200, (await host.LoginAsync(name)).Status);
    }

    [Fact]
    public async Task A_Run_Of_Yesterday_Is_Forgotten()
    {
        await using ChatHost host = await StartAsync();
        string name = AccountClient.NewName();
        await FailAsync(4, name, host);
        _clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await FailAsync(5, name, host);
        Assert.Equal(429, (await host.LoginAsync(name)).Status);
    }

    [Fact]
    public async Task Spellings_Of_One_Name_Count_Together()
    {
        await using ChatHost host = await StartAsync();
        string name = AccountClient.NewName();
        await FailAsync(3, name, host);
        await FailAsync(2, name.ToUpperInvariant(), host);
        Assert.Equal(429, (await host.LoginAsync(name)).Status);
        Assert.Equal(401, (await host.LoginAsync(AccountClient.NewName())).Status);
    }

    [Fact]
    public async Task A_Wrong_Present_Password_Counts_As_A_Failed_Login()
    {
        await using ChatHost host = await StartAsync();
        ChatUser user = await host.SignedInAsync();
        var change = new { password = Wrong, password1 = AccountClient.Password, password2 = AccountClient.Password };
        for (int i = 0; i < 5; i++)
        {
            ApiAnswer refused = await user.PostAsync("/chat/password/", change);
            Assert.Equal(400, refused.Status);
            Assert.Equal(["password"], refused.ErrorFields);
        }

        ApiAnswer waiting = await user.PostAsync("/chat/password/", change with { password = user.Password });
        Assert.Equal((429, "30"), (waiting.Status, waiting.Header("Retry-After")));
        Assert.Equal(429, (await host.LoginAsync(user.Username, user.Password)).Status);
        Assert.Equal(200, (await user.GetAsync("/chat/profile/")).Status);
    }

    private static async Task FailAsync(int times, string name, params ChatHost[] hosts)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Equal(401, (await hosts[i % hosts.Length].LoginAsync(name, Wrong)).Status);
        }
    }

    private Task<ChatHost> StartAsync() => ChatHost.StartAsync(_storage, new ChatHostOptions { Time = _clock });
}
