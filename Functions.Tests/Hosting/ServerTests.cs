using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Hosting;

/// <summary>What holds for every answer: headers, slashes, HEAD, the front page, health.</summary>
public sealed class ServerTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("/chat/")]
    [InlineData("/health/")]
    [InlineData("/nothing/")]
    public async Task Every_Answer_Carries_The_Security_Headers(string path)
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString());

        ApiAnswer answer = await host.Anonymous().GetJsonAsync(path);

        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_Address_That_The_Caller_Used_Is_Believed_From_The_Functions_Host()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
        {
            Map = app => app.MapGet("/test/", (HttpContext c) => $"{c.Request.Scheme}://{c.Request.Host} {c.Connection.RemoteIpAddress}"),
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "chat.example");

        ApiAnswer answer = await host.Anonymous().ReadAsync(request);

        Assert.Equal("https://chat.example 203.0.113.7", answer.Body);
        Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/chat/group/%D8%B3%D9%84%D8%A7%D9%85/", "سلام")]
    [InlineData("/chat/group/%D8%B3%D9%84%D8%A7%D9%85", "سلام")]
    [InlineData("/chat/group/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF/", "می\u200Cشود")]
    [InlineData("/chat/group/a%2Bb+c/", "a+b+c")]
    [InlineData("/chat/group/%25D8/", "%D8")]
    public async Task A_Slug_Arrives_As_Written_With_The_Last_Slash_Or_Without(string path, string slug)
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
        {
            Map = app => app.MapPost("/chat/group/{test}/", (string test) => test).WithOrder(-1),
        });

        ApiAnswer answer = await host.Anonymous().PostJsonAsync(path);

        Assert.Equal((200, slug), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Head_Answers_As_Get_Without_The_Body()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString());

        ApiAnswer get = await host.Anonymous().GetJsonAsync("/");
        ApiAnswer head = await host.Anonymous().SendJsonAsync(HttpMethod.Head, "/");

        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
        Assert.Equal(401, (await host.Anonymous().SendJsonAsync(HttpMethod.Head, "/chat/profile/")).Status);
    }

    [Fact]
    public async Task The_Front_Page_Touches_No_Storage_And_Health_Needs_One_Read()
    {
        await using TableProxy proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        await using ChatHost host = await ChatHost.StartAsync(proxy.ConnectionString);

        Assert.Equal(200, (await host.Anonymous().GetJsonAsync("/")).Status);
        Assert.Empty(proxy.Requests);

        await host.Anonymous().GetJsonAsync("/health/");
        proxy.Reset();
        ApiAnswer health = await host.Anonymous().GetJsonAsync("/health");

        Assert.Equal((200, """{"status":"ok","checks":{"storage":"ok"}}"""), (health.Status, health.Body));
        Assert.Equal(1, proxy.Count());
    }

    [Fact]
    public async Task Health_Is_Down_And_The_Front_Page_Up_While_Storage_Is_Down()
    {
        await using TableProxy proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        await using ChatHost host = await ChatHost.StartAsync(proxy.ConnectionString, new ChatHostOptions { ErrorsAreExpected = true });
        proxy.Fault = _ => FaultAction.Drop;

        ApiAnswer down = await host.Anonymous().GetJsonAsync("/health/");
        ApiAnswer login = await host.Anonymous().PostJsonAsync("/chat/login/", new { username = "nobody", password = "a password" });
        ApiAnswer frontPage = await host.Anonymous().GetJsonAsync("/");
        proxy.Reset();
        ApiAnswer up = await host.Anonymous().GetJsonAsync("/health/");

        Assert.Equal((503, """{"status":"unavailable","checks":{"storage":"unavailable"}}"""), (down.Status, down.Body));
        Assert.NotNull(down.Header("Retry-After"));
        ErrorTests.AssertProblem(login, ServerlessChat.Hosting.Errors.Unavailable);
        Assert.Equal(200, frontPage.Status);
        Assert.Equal(200, up.Status);
    }

    [Fact]
    public async Task Persian_Is_Written_As_It_Is_And_Times_With_Milliseconds()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions { Time = new ManualTimeProvider() });

        ChatUser user = await host.SignedInAsync("علیرضا");
        ApiAnswer profile = await user.GetAsync("/chat/profile/");

        Assert.Contains("\"username\":\"علیرضا\"", profile.Body, StringComparison.Ordinal);
        Assert.Equal("2026-11-22T08:15:02.123Z", profile.Json.GetProperty("created_at").GetString());
        Assert.Equal(JsonValueKind.String, profile.Json.GetProperty("display_name").ValueKind);
    }
}
