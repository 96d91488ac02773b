using System.Security.Cryptography;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class AuthenticationTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewConnectionString();

    [Theory]
    [InlineData("POST", "/chat/logout/")]
    [InlineData("POST", "/chat/password/")]
    [InlineData("GET", "/chat/profile/")]
    [InlineData("PATCH", "/chat/profile/")]
    [InlineData("GET", "/chat/profile/sara/")]
    public async Task Nobody_Expired_And_Forged_Tokens_Are_Not_Signed_In(string method, string path)
    {
        var clock = new ManualTimeProvider();
        await using ChatHost host = await ChatHost.StartAsync(_storage, new ChatHostOptions { Time = clock });
        ChatUser user = await host.SignedInAsync();
        string[] parts = user.Token.Split('.');
        string forged = $"{parts[0]}.{parts[1]}.{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(30));
        foreach (string? token in new[] { null, user.Token, forged })
        {
            ApiAnswer answer = token is null
                ? await host.SendAsync(new HttpMethod(method), path)
                : await host.SendAsync(new HttpMethod(method), path, body: null, ("Authorization", $"Bearer {token}"));
            Assert.Equal((401, "not_signed_in", "Bearer"), (answer.Status, answer.Code, answer.Header("WWW-Authenticate")));
        }
    }

    [Fact]
    public async Task Rotating_Keys_Logs_Nobody_Out()
    {
        string next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        ChatUser user;
        await using (ChatHost before = await ChatHost.StartAsync(_storage))
        {
            user = await before.SignedInAsync();
        }

        string renewed;
        await using (ChatHost both = await ChatHost.StartAsync(_storage, Keys(("next", next), ("test", TestKeys.TokenKey))))
        {
            using HttpClient client = both.SignedIn(user.Token);
            Assert.Equal(200, (await client.GetJsonAsync("/chat/profile/")).Status);
            renewed = (await both.RefreshAsync(user.RefreshToken)).Session().Token;
        }

        await using ChatHost after = await ChatHost.StartAsync(_storage, Keys(("next", next)));
        using HttpClient old = after.SignedIn(user.Token);
        using HttpClient current = after.SignedIn(renewed);
        Assert.Equal(401, (await old.GetJsonAsync("/chat/profile/")).Status);
        Assert.Equal(200, (await current.GetJsonAsync("/chat/profile/")).Status);
    }

    [Fact]
    public async Task Wrong_Methods_Say_Which_Are_Right()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        foreach ((string path, string allow) in new[] { ("/chat/login/", "POST"), ("/chat/register/", "POST"), ("/chat/profile/", "DELETE, GET, PATCH") })
        {
            ApiAnswer answer = await user.SendAsync(HttpMethod.Put, path);
            Assert.Equal((405, "method_not_allowed"), (answer.Status, answer.Code));
            Assert.Equal(allow, string.Join(", ", answer.Headers["Allow"].SelectMany(value => value.Split(", ")).Except(["HEAD"], StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        }
    }

    private static ChatHostOptions Keys(params (string Id, string Secret)[] keys)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Length; i++)
        {
            settings[$"Tokens:Keys:{i}:Id"] = keys[i].Id;
            settings[$"Tokens:Keys:{i}:Secret"] = keys[i].Secret;
        }

        return new ChatHostOptions { Settings = settings };
    }
}
