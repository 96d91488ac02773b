using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class CookieTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewConnectionString();

    [Fact]
    public async Task Login_Sets_Both_Cookies()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        ApiAnswer answer = await host.LoginAsync(name);
        (string token, string refreshToken) = answer.Session();
        Assert.Equal($"chat_session={token}; max-age=3600; path=/; samesite=lax; httponly", answer.SetCookie("chat_session"));
        Assert.Equal($"chat_refresh={refreshToken}; max-age=2592000; path=/chat/refresh; samesite=strict; httponly", answer.SetCookie("chat_refresh"));
    }

    [Theory]
    [InlineData("chat.example.com", true)]
    [InlineData("localhost.example.com", true)]
    [InlineData("localhost:7071", false)]
    [InlineData("127.0.0.1:7071", false)]
    [InlineData("[::1]:7071", false)]
    public async Task Cookies_Are_Secure_Except_On_Localhost(string address, bool isSecure)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        ApiAnswer answer = await host.SendAsync(
            HttpMethod.Post, "/chat/login/", new { username = name, password = AccountClient.Password }, ("Host", address));
        Assert.Equal(isSecure, answer.SetCookie("chat_session")!.Contains("; secure", StringComparison.Ordinal));
        Assert.Equal(isSecure, answer.SetCookie("chat_refresh")!.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_Session_Cookie_Signs_In()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Get, "/chat/profile/", null, Cookie(user))).Status);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("")]
    public async Task A_Bad_Authorization_Header_Is_Not_Made_Up_For_By_The_Cookie(string header)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        ApiAnswer answer = await host.SendAsync(HttpMethod.Get, "/chat/profile/", null, Cookie(user), ("Authorization", header));
        Assert.Equal((401, "not_signed_in", "Bearer"), (answer.Status, answer.Code, answer.Header("WWW-Authenticate")));
    }

    /// <summary>What a browser says of the page that sends, and whether the cookie alone is enough for a change.</summary>
    [Theory]
    [InlineData("same-origin", null, 200)]
    [InlineData("same-origin", "https://evil.example", 200)] // the browser's word on itself comes first
    [InlineData("cross-site", null, 403)]
    [InlineData("cross-site", "own", 403)]
    [InlineData("same-site", "own", 403)]
    [InlineData("none", null, 403)]
    [InlineData("nonsense", "own", 403)]
    [InlineData(null, "own", 200)]
    [InlineData(null, "https://evil.example", 403)]
    [InlineData(null, "null", 403)]
    [InlineData(null, "own-https", 403)]
    [InlineData(null, "own-port", 403)]
    [InlineData(null, null, 403)]
    public async Task A_Change_By_The_Cookie_Alone_Must_Come_From_The_Same_Origin(string? site, string? origin, int status)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        (string Name, string Value)[] from = [.. Headers(host, site, origin)];
        ApiAnswer byCookie = await host.SendAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "x" }, [Cookie(user), .. from]);
        Assert.Equal(status, byCookie.Status);
        Assert.Equal(status == 403 ? "cross_site" : null, byCookie.Code);

        Assert.Equal(200, (await host.SendAsync(HttpMethod.Get, "/chat/profile/", null, [Cookie(user), .. from])).Status);
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "x" }, [("Authorization", $"Bearer {user.Token}"), Cookie(user), .. from])).Status);
    }

    [Theory]
    [InlineData("https://chat.example.com", 200)]
    [InlineData("http://chat.example.com", 403)]
    [InlineData("https://chat.example.com.evil.example", 403)]
    [InlineData("own", 403)]
    public async Task Behind_The_Functions_Host_The_Public_Address_Counts(string origin, int status)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        (string Name, string Value)[] forwarded = [("X-Forwarded-Host", "chat.example.com"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.7")];
        ApiAnswer change = await host.SendAsync(
            HttpMethod.Patch, "/chat/profile/", new { bio = "x" }, [Cookie(user), .. forwarded, .. Headers(host, site: null, origin)]);
        Assert.Equal(status, change.Status);
        ApiAnswer login = await host.SendAsync(
            HttpMethod.Post, "/chat/login/", new { username = user.Username, password = user.Password }, forwarded);
        Assert.Contains("; secure", login.SetCookie("chat_session"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", 200)]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData(null, 403)]
    public async Task The_Refresh_Cookie_Follows_The_Same_Rule(string? site, int status)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        (string Name, string Value)[] headers = [("Cookie", $"chat_refresh={user.RefreshToken}"), .. Headers(host, site, origin: null)];
        ApiAnswer answer = await host.SendAsync(HttpMethod.Post, "/chat/refresh/", null, headers);
        Assert.Equal(status, answer.Status);
        if (status == 200)
        {
            Assert.NotNull(answer.SetCookie("chat_refresh"));
            ApiAnswer reuse = await host.SendAsync(HttpMethod.Post, "/chat/refresh/", null, headers);
            Assert.Equal(401, reuse.Status);
            Assert.StartsWith("chat_refresh=;", reuse.SetCookie("chat_refresh"), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(200, (await host.RefreshAsync(user.RefreshToken)).Status);
        }
    }

    [Theory]
    [InlineData("cross-site", null, false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData("same-origin", null, true)]
    [InlineData(null, null, true)]
    public async Task A_Page_Of_Another_Origin_Can_Not_Plant_A_Session(string? site, string? origin, bool isSet)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        await host.RegisterAsync(name);
        ApiAnswer answer = await host.SendAsync(
            HttpMethod.Post, "/chat/login/", new { username = name, password = AccountClient.Password }, [.. Headers(host, site, origin)]);
        Assert.Equal(200, answer.Status);
        Assert.Equal(isSet, answer.SetCookie("chat_session") is not null);
        Assert.Equal(isSet, answer.SetCookie("chat_refresh") is not null);
    }

    [Fact]
    public async Task An_Old_Session_Cookie_Does_Not_Hinder_A_Login()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Post, "/chat/login/", new { username = user.Username, password = user.Password }, Cookie(user))).Status);
    }

    private static (string Name, string Value) Cookie(ChatUser user) => ("Cookie", $"other=1; chat_session={user.Token}");

    private static IEnumerable<(string Name, string Value)> Headers(ChatHost host, string? site, string? origin)
    {
        if (site is not null)
        {
            yield return ("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            string own = host.Address.GetLeftPart(UriPartial.Authority);
            yield return ("Origin", origin switch
            {
                "own" => own,
                "own-https" => own.Replace("http:", "https:", StringComparison.Ordinal),
                "own-port" => own[..own.LastIndexOf(':')],
                _ => origin,
            });
        }
    }
}
