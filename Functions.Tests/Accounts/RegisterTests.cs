using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class RegisterTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewConnectionString();

    [Theory]
    [InlineData("Sara.Ahmadi@example.com")]
    [InlineData("\u0633\u0627\u0631\u0627\u06F1\u06F2")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940")]
    public async Task A_New_Account_Is_Answered_With_Its_Profile(string username)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage, new ChatHostOptions { Time = new ManualTimeProvider() });
        ApiAnswer answer = await host.RegisterAsync(username);
        Assert.Equal(201, answer.Status);
        Assert.Equal(
            $$"""{"username":"{{username}}","display_name":"{{username}}","bio":"","language":null,"created_at":"2026-11-22T08:15:02.123Z"}""", answer.Body);
        Assert.Null(answer.SetCookie("chat_session"));
    }

    [Fact]
    public async Task A_Form_Registers_Too()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        using HttpClient client = host.Anonymous();
        string name = "\u0639\u0644\u06CC-" + AccountClient.NewName();
        ApiAnswer answer = await client.PostFormAsync(
            "/chat/register", ("username", name), ("password1", AccountClient.Password), ("password2", AccountClient.Password));
        Assert.Equal(201, answer.Status);
        Assert.Equal(name, answer.Json.GetProperty("username").GetString());
    }

    [Theory]
    [InlineData("\u0639\u0644\u064A", "\u0639\u0644\u06CC")]
    [InlineData("Sara", "sARA")]
    [InlineData("user\u06F1", "user1")]
    public async Task Spellings_Of_One_Name_Can_Not_Both_Register(string first, string second)
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString());
        Assert.Equal(201, (await host.RegisterAsync(first)).Status);
        ApiAnswer answer = await host.RegisterAsync(second);
        Assert.Equal((409, "username_taken"), (answer.Status, answer.Code));
        Assert.Equal(first, (await host.LoginAsync(second)).Json.GetProperty("username").GetString());
    }

    [Fact]
    public async Task Of_Many_At_Once_One_Gets_The_Name()
    {
        await using ChatHost one = await ChatHost.StartAsync(_storage);
        await using ChatHost two = await ChatHost.StartAsync(_storage);
        string name = AccountClient.NewName();
        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : two).RegisterAsync(name, $"Tr4velling-lamp{i}")));
        int winner = Array.FindIndex(answers, answer => answer.Status == 201);
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Code is "username_taken"));
        Assert.Equal(200, (await two.LoginAsync(name, $"Tr4velling-lamp{winner}")).Status);
    }

    [Fact]
    public async Task Every_Bad_Field_Is_Named_At_Once()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ApiAnswer answer = await host.RegisterAsync(new { username = "a b", password1 = "short", password2 = "other" });
        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Code));
        Assert.Equal("password1 password2 username", Sorted(answer));
        Assert.Equal("password1 password2 username", Sorted(await host.RegisterAsync(new { })));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("1234567")]
    [InlineData("83629401742")]
    [InlineData("reza-karimi")]
    public async Task Weak_Passwords_Are_Refused_Under_Password1(string password)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ApiAnswer answer = await host.RegisterAsync("Reza-Karimi", password);
        Assert.Equal(400, answer.Status);
        Assert.Equal(["password1"], answer.ErrorFields);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("""{"username":5}""")]
    [InlineData("""{"username":["a"],"password1":{}}""")]
    [InlineData("""{"username":"\ud800","password1":"lamp-lamp\udc00","password2":"lamp-lamp\udc00"}""")]
    public async Task Bad_Bodies_Are_Client_Errors(string json)
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        using HttpClient client = host.Anonymous();
        foreach (string path in new[] { "/chat/register/", "/chat/login/", "/chat/refresh/" })
        {
            using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
            ApiAnswer answer = await client.SendContentAsync(HttpMethod.Post, path, body);
            Assert.True(answer.Status is 400 or 401, $"{path}: {answer}");
        }
    }

    private static string Sorted(ApiAnswer answer) => string.Join(' ', answer.ErrorFields.Order(StringComparer.Ordinal));
}
