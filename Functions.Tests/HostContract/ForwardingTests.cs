using System.Net.Http.Headers;
using System.Text;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.HostContract;

/// <summary>What arrives at the app through the host, and what comes back.</summary>
[Collection(PublishedGroup.Name)]
public sealed class ForwardingTests(PublishedChain published)
{
    private readonly RunningChat _host = published.Host;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task The_Web_Client_Is_At_The_Front_Page_And_Not_The_Hosts_Own(string method)
    {
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.SendJsonAsync(new HttpMethod(method), "/").Is(200);
        Assert.StartsWith("text/html", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("trusted-types 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(method is "HEAD", answer.Body.Length == 0);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        again.Headers.TryAddWithoutValidation("If-None-Match", answer.Header("ETag"));
        (await client.ReadAsync(again)).Is(304);
    }

    [Fact]
    public async Task Cookies_And_The_Public_Address_Pass()
    {
        ChatUser sara = await _host.SignedInAsync(Rooms.NewName("سارا"));
        using HttpClient client = _host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https"); // As the front end before the host writes them.
        client.DefaultRequestHeaders.Add("DISGUISED-HOST", "chat.example");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example"); // As a client might.
        client.DefaultRequestHeaders.Add("Origin", "https://chat.example");

        ApiAnswer login = await client.PostJsonAsync("/chat/login/", new { username = sara.Username, password = sara.Password }).Is(200);
        string[] cookies = [.. login.Headers["Set-Cookie"]];
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
        ApiAnswer same = await client.SendJsonAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "x" });
        client.DefaultRequestHeaders.Remove("Origin");
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        ApiAnswer other = await client.SendJsonAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "y" });

        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("max-age=31536000", login.Header("Strict-Transport-Security"));
        same.Is(200);
        other.IsProblem(403, "cross_site");
    }

    [Theory]
    [InlineData("%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF")] // می‌شود, with a zero-width non-joiner
    [InlineData("%DA%AF%D8%B1%D9%88%D9%87%DB%B1")]
    [InlineData("a_b-1")]
    public async Task A_Name_In_A_Path_Arrives_As_Written(string escaped)
    {
        ChatUser sara = await _host.SignedInAsync();
        string suffix = Rooms.NewName();
        string slug = Uri.UnescapeDataString(escaped) + suffix;
        await sara.OpenAsync(slug: slug);
        ApiAnswer page = await sara.GetAsync($"/chat/group/{escaped}{suffix}/").Is(200);
        Assert.Equal(slug, page.Json.GetProperty("group").Text("slug"));
        await sara.GetAsync($"/chat/group/{escaped}{suffix}").Is(200);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("a%3Fb")]
    [InlineData("a%23b")]
    [InlineData("a%25b")]
    [InlineData("a%2500b")]
    [InlineData("a%252F..%252Fb")]
    [InlineData("a%5Cb")]
    [InlineData("a%FFb")]
    [InlineData("%F0%9F%8C%8D")]
    public async Task A_Name_That_Can_Not_Be_Is_Answered_By_The_App_And_Meets_No_Other_Address(string segment)
    {
        ChatUser sara = await _host.SignedInAsync();
        ApiAnswer answer = await sara.GetAsync($"/chat/group/{segment}/");
        answer.IsProblem(404, "not_found");
        Assert.False(_host.IsOfHost(answer));
    }

    [Fact]
    public async Task A_Chunked_Body_And_A_Query_Pass()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        using var body = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("""{"message":"در تکه‌ها"}""")));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(room.Path, UriKind.Relative)) { Content = body };
        request.Headers.TransferEncodingChunked = true;
        (await sara.Client.ReadAsync(request)).Is(201);
        ApiAnswer page = await sara.GetAsync(room.Path + "?after=0&limit=1").Is(200);
        Assert.Equal("در تکه‌ها", Assert.Single(page.Json.List("messages")).Text("message"));
        await sara.GetAsync(room.Path + "?before=1&after=1").IsProblem(400, "invalid_request", "after");
    }

    [Theory]
    [InlineData("POST", "/chat/nothing/")]
    [InlineData("POST", "/sweep")]
    [InlineData("GET", "/admin/host/status")]
    [InlineData("GET", "/runtime/webhooks/x")]
    public async Task What_No_Function_Takes_Is_Answered_By_The_Host(string method, string path)
    {
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.SendJsonAsync(new HttpMethod(method), path);
        Assert.Equal((404, "", true), (answer.Status, answer.Body, _host.IsOfHost(answer)));
    }

    [Fact]
    public async Task A_Request_That_The_Host_Sends_Twice_Is_Done_Once()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        int lost = 0;
        published.Chat.FunctionsHost.LoseAnswer = request => request.RequestUri!.AbsolutePath.EndsWith($"/{room.Slug}/join/", StringComparison.Ordinal) && ++lost == 1;

        await ali.PostAsync(room.Path + "join/").Is(204);

        Assert.Equal(1, lost);
        Assert.Equal(new[] { ali.Username, sara.Username }.Order(StringComparer.Ordinal), (await sara.MembersAsync(room)).Keys.Order(StringComparer.Ordinal));
    }
}
