using System.Text;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The web client's files: what is there, and what is not.</summary>
public sealed class WebTests(WebHost web, AzuriteFixture azurite) : IClassFixture<WebHost>
{
    [Theory]
    [InlineData("/", "text/html; charset=utf-8", "no-cache", true)]
    [InlineData("/favicon.svg", "image/svg+xml; charset=utf-8", "public, max-age=86400", true)]
    [InlineData(WebHost.Script, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", true)]
    [InlineData("/assets/index-c3d4.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", true)]
    [InlineData("/assets/font-0718.woff2", "font/woff2", "public, max-age=31536000, immutable", false)]
    [InlineData("/assets/strange-9a0b.xyz", "application/octet-stream", "public, max-age=31536000, immutable", false)]
    public async Task A_File_Has_Its_Type_Says_How_Long_It_May_Be_Kept_And_What_It_Varies_By(string path, string type, string cache, bool hasTwins)
    {
        ApiAnswer answer = await web.Host.Anonymous().GetJsonAsync(path);

        Assert.Equal((200, type, cache), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Equal(hasTwins ? "Accept-Encoding" : null, answer.Header("Vary"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal($"{Encoding.UTF8.GetByteCount(answer.Body)}", answer.Header("Content-Length"));
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData(WebHost.Script)]
    public async Task Head_Has_The_Headers_Of_Get_And_No_Body(string path)
    {
        ApiAnswer get = await web.Host.Anonymous().GetJsonAsync(path);
        ApiAnswer head = await web.Host.Anonymous().SendJsonAsync(HttpMethod.Head, path);

        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal(HeadersOf(get), HeadersOf(head));
        Assert.Contains(HeadersOf(head), header => header.StartsWith("ETag: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("PUT", "/")]
    [InlineData("POST", WebHost.Script)]
    [InlineData("DELETE", WebHost.Script)]
    [InlineData("OPTIONS", "/favicon.svg")]
    public async Task Another_Method_Is_Not_Allowed(string method, string path)
    {
        ApiAnswer answer = await web.Host.Anonymous().SendJsonAsync(new HttpMethod(method), path);

        ErrorTests.AssertProblem(answer, Errors.MethodNotAllowed);
        Assert.Equal(["GET", "HEAD"], answer.Headers["Allow"].SelectMany(allow => allow.Split(", ")).Order());
    }

    [Theory]
    [InlineData("/assets/")]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets/index-a1b2.js/")] // One address each.
    [InlineData("/assets/INDEX-a1b2.js")]
    [InlineData("/Assets/index-a1b2.js")]
    [InlineData("/FAVICON.svg")]
    [InlineData("/index.html")]
    [InlineData("/assets/index-a1b2.js.br")] // A twin is no file of its own.
    [InlineData("/assets/index-a1b2.js.gz")]
    [InlineData("/index.html.br")]
    [InlineData("/robots.txt")] // In the folder, and not among the addresses.
    [InlineData("/assets/../index.html")]
    [InlineData("/assets/../../appsettings.json")]
    [InlineData("/assets/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/..%5c..%5cappsettings.json")]
    [InlineData("/assets/..%252f..%252fappsettings.json")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("/assets/%2fetc%2fpasswd")]
    [InlineData("/wwwroot/index.html")]
    [InlineData("//assets/index-a1b2.js")]
    public async Task What_Is_Not_There_Is_Not_Found(string path)
    {
        string answer = await web.GetRawAsync(path);

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store", answer, StringComparison.Ordinal); // A later build may have it.
        Assert.Contains("\"code\":\"not_found\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Name_With_A_Zero_Byte_Is_Refused_By_The_Server() =>
        Assert.StartsWith("HTTP/1.1 400 ", await web.GetRawAsync("/assets/index-a1b2.js%00"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Authorization", "Bearer nonsense")]
    [InlineData("Cookie", "chat_session=nonsense")]
    public async Task A_Session_That_Is_Over_Does_Not_Keep_Anyone_From_The_Page(string header, string value)
    {
        using HttpResponseMessage answer = await web.GetAsync("/", header, value);
        Assert.Equal(WebBuild.Page, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Files_Are_Read_Once_And_What_Comes_Later_Is_Not_There()
    {
        using var build = WebBuild.Create();
        await using ChatHost host = await WebHost.StartAsync(azurite, build.Folder);
        Assert.Equal(WebBuild.Page, (await host.Anonymous().GetJsonAsync("/")).Body);

        build.Add("index.html", "another page").Add("assets/late-1.js", "").Add("assets/index-a1b2.js", "another script");

        Assert.Equal(WebBuild.Page, (await host.Anonymous().GetJsonAsync("/")).Body);
        Assert.Equal(WebBuild.Script, (await host.Anonymous().GetJsonAsync(WebHost.Script)).Body);
        Assert.Equal(404, (await host.Anonymous().GetJsonAsync("/assets/late-1.js")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_A_Client_The_Front_Page_Says_How_To_Build_One(bool hasFolder)
    {
        using var build = new WebBuild();
        await using ChatHost host = await WebHost.StartAsync(azurite, hasFolder ? build.Folder : Path.Combine(build.Folder, "not-there"));

        ApiAnswer page = await host.Anonymous().GetJsonAsync("/");
        ApiAnswer head = await host.Anonymous().SendJsonAsync(HttpMethod.Head, "/");

        Assert.Equal((200, "text/plain; charset=utf-8", "no-store"), (page.Status, page.Header("Content-Type"), page.Header("Cache-Control")));
        Assert.Contains("npm run bundle --prefix Web", page.Body, StringComparison.Ordinal);
        Assert.Contains("/health/", page.Body, StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", page.Header("Content-Security-Policy"));
        Assert.Equal((200, ""), (head.Status, head.Body));
        ErrorTests.AssertProblem(await host.Anonymous().GetJsonAsync("/favicon.svg"), Errors.NotFound);
        ErrorTests.AssertProblem(await host.Anonymous().GetJsonAsync(WebHost.Script), Errors.NotFound);
    }

    private static IEnumerable<string> HeadersOf(ApiAnswer answer) =>
        answer.Headers.Where(h => h.Key is not "Date").SelectMany(h => h, (h, value) => $"{h.Key}: {value}").Order(StringComparer.Ordinal);
}
