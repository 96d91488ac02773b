using System.Net;

namespace ServerlessChat.Tests.Hosting;

/// <summary>Which encoding of a file is sent, and when none.</summary>
public sealed class WebCacheTests(WebHost web) : IClassFixture<WebHost>
{
    private const string HalfScript = "/assets/half-e5f6.js";
    private const string Font = "/assets/font-0718.woff2";

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("identity", null)]
    [InlineData("gzip, deflate, br, zstd", "br")] // Browsers.
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0.001", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("br;q=0.0, gzip; q=0.000", null)]
    [InlineData("*", "br")]
    [InlineData("*;q=0", null)]
    [InlineData("*;q=0, gzip", "gzip")]
    [InlineData("br;q=0, *;q=0.1", "gzip")]
    [InlineData("gzip, identity;q=0.5", "gzip")]
    [InlineData("gzip;q=0.5, identity", null)]
    [InlineData("identity;q=0", null)] // Nothing that it takes: better plain than nothing.
    [InlineData("BR", "br")]
    [InlineData("zstd, deflate", null)]
    [InlineData("br;q=high", null)]
    [InlineData(";;,,=", null)]
    public async Task The_Encoding_Is_The_One_That_The_Request_Likes_Best(string? acceptEncoding, string? encoding)
    {
        using HttpResponseMessage answer = await web.GetAsync(WebHost.Script, "Accept-Encoding", acceptEncoding);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(WebBuild.Script, WebBuild.Decode(body, encoding));
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData(HalfScript, "gzip, br", "gzip")]
    [InlineData(HalfScript, "br", null)]
    [InlineData(Font, "gzip, br", null)]
    public async Task A_Twin_That_Was_Not_Built_Is_Not_Sent(string path, string acceptEncoding, string? encoding)
    {
        using HttpResponseMessage answer = await web.GetAsync(path, "Accept-Encoding", acceptEncoding);
        Assert.Equal((HttpStatusCode.OK, encoding), (answer.StatusCode, answer.Content.Headers.ContentEncoding.SingleOrDefault()));
    }

    [Theory]
    [InlineData("/")]
    [InlineData(WebHost.Script)]
    public async Task Every_Encoding_Has_A_Strong_Tag_Of_Its_Own_And_Always_The_Same(string path)
    {
        string[] tags = [await TagAsync(path, "identity"), await TagAsync(path, "gzip"), await TagAsync(path, "br")];

        Assert.Equal(3, tags.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tags, tag => Assert.Matches("^\"[0-9a-f]{32}\"$", tag));
        Assert.Equal(tags[2], await TagAsync(path, "br"));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")] // A proxy has weakened it.
    [InlineData("\"another\", {0}")]
    [InlineData("*")]
    public async Task Who_Has_It_Is_Told_So_With_The_Headers_That_Count(string ifNoneMatch)
    {
        string tag = await TagAsync("/", "identity");
        using HttpResponseMessage full = await web.GetAsync("/", "If-None-Match", null);

        using HttpResponseMessage answer = await web.GetAsync("/", "If-None-Match", ifNoneMatch.Replace("{0}", tag));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Null(answer.Content.Headers.ContentType);
        string[] kept = ["ETag", "Cache-Control", "Vary", "Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Content-Type-Options"];
        Assert.All(kept, name => Assert.Equal(full.Headers.GetValues(name), answer.Headers.GetValues(name)));
    }

    [Theory]
    [InlineData("\"another\"")]
    [InlineData("\"\"")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Who_Has_Another_Gets_It(string ifNoneMatch)
    {
        using HttpResponseMessage answer = await web.GetAsync(WebHost.Script, "If-None-Match", ifNoneMatch);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(WebBuild.Script, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_Tag_Of_One_Encoding_Does_Not_Stand_For_Another()
    {
        string gzip = await TagAsync(WebHost.Script, "gzip");
        using HttpResponseMessage plain = await web.GetAsync(WebHost.Script, "If-None-Match", gzip);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
    }

    private async Task<string> TagAsync(string path, string encoding)
    {
        using HttpResponseMessage answer = await web.GetAsync(path, "Accept-Encoding", encoding);
        return answer.Headers.ETag!.ToString();
    }
}
