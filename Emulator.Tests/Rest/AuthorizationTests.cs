using System.Net;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Rest;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData("groups/a%2Fb%20c%25/:send")]
    [InlineData("groups/it's*(x)/:send")]
    [InlineData("groups/%3Asend/:send")]
    [InlineData("groups/%D8%B3%D9%84%D8%A7%D9%85/:send")]
    public async Task Audience_Is_The_Raw_Address_With_Or_Without_Its_Query(string path)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var url = $"{emulator.Emulator.Endpoint}api/hubs/test/{path}";
        var called = $"{url}?{TestEmulator.Version}&filter=userId%20eq%20'a'";
        foreach (var audience in new[] { called, called.ToUpperInvariant(), url, Uri.UnescapeDataString(called) })
        {
            using var answer = await emulator.SendAsync(HttpMethod.Post, called, new StringContent("x"), emulator.Sign(audience));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Call_Without_A_Valid_Token_Gets_401()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var stranger = await TestEmulator.StartAsync(options => options.AccessKey = "another-key-of-another-service-000000");
        var url = $"{emulator.Emulator.Endpoint}api/hubs/test/:send?{TestEmulator.Version}";
        string[] invalid =
        [
            "nonsense",
            emulator.Sign(url + "&x=1"),
            emulator.Sign($"{emulator.Emulator.Endpoint}api/hubs/test/users/a/:send"),
            emulator.Sign(url, TimeSpan.FromMinutes(-10)),
            stranger.Sign(url),
            "eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4IiwiZXhwIjo5OTk5OTk5OTk5fQ.",
        ];
        foreach (var token in invalid)
        {
            using var answer = await emulator.SendAsync(HttpMethod.Post, url, new StringContent("x"), token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var http = new HttpClient();
        using var without = await http.PostAsync(url, new StringContent("x"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
    }

    [Fact]
    public async Task Clocks_May_Differ_By_The_Skew()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var url = $"{emulator.Emulator.Endpoint}api/hubs/test/:send?{TestEmulator.Version}";
        using var answer = await emulator.SendAsync(HttpMethod.Post, url, new StringContent("x"), emulator.Sign(url, TimeSpan.FromMinutes(-2)));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Entra_Tokens_Are_Taken_Only_If_The_Option_Says_So()
    {
        await using var issuer = await TestEmulator.StartAsync(options => options.AccessKey = "a-key-that-the-emulator-never-sees-00");
        var token = issuer.Sign("https://webpubsub.azure.com");
        foreach (var allowed in new[] { false, true })
        {
            await using var emulator = await TestEmulator.StartAsync(options =>
            {
                options.AllowUnvalidatedEntraTokens = allowed;
                options.AllowGenerateTokenByAccessKey = false;
            });
            var url = $"{emulator.Emulator.Endpoint}api/hubs/test/:generateToken?{TestEmulator.Version}";
            using var byEntra = await emulator.SendAsync(HttpMethod.Post, url, token: token);
            Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, byEntra.StatusCode);
            using var byKey = await emulator.SendAsync(HttpMethod.Post, url);
            Assert.Equal(HttpStatusCode.Forbidden, byKey.StatusCode);
        }
    }

    [Fact]
    public async Task Public_Endpoint_Is_Accepted_As_Audience_And_Told_In_The_Connection_String()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.PublicEndpoint = "http://pubsub.local:7000");
        Assert.StartsWith("Endpoint=http://pubsub.local:7000;", emulator.Emulator.ConnectionString, StringComparison.Ordinal);
        Assert.Equal("pubsub.local", emulator.Emulator.Endpoint.Host);
    }
}
