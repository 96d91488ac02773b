using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>How the web client's files are served, from a made-up build of it.</summary>
public sealed class WebTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string PageText = "<!doctype html><title>سلام</title>";
    private const string ScriptText = "console.log('a script that is long enough to be compressed, compressed, compressed')";
    private const string Key = "Zm9yIHRlc3RzIG9ubHkgZm9yIHRlc3RzIG9ubHkgISE=";

    private readonly string _folder = Directory.CreateTempSubdirectory("web-").FullName;
    private ChatHost? _host;

    private HttpClient Client => _host!.Anonymous();

    public async ValueTask InitializeAsync()
    {
        Write("index.html", PageText);
        Write("favicon.svg", "<svg/>");
        Write("assets/index-a1.js", ScriptText);
        Compress("assets/index-a1.js");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "assets/font-b2.woff2"), [1, 2, 3]);
        _host = await StartAsync(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_Page_Has_A_Strict_Policy_And_Is_Asked_For_Again_Each_Time()
    {
        ApiAnswer page = await Client.GetJsonAsync("/");
        Assert.Equal((200, PageText, "text/html; charset=utf-8", "no-cache"), (page.Status, page.Body, page.Header("Content-Type"), page.Header("Cache-Control")));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self' wss://chat.example.org; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            page.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
        Assert.Equal("same-origin", page.Header("Cross-Origin-Opener-Policy"));
        Assert.Contains("microphone=()", page.Header("Permissions-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("identity", null)]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("br;q=0.1, gzip;q=0.9", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*;q=0", null)]
    [InlineData("BR", "br")]
    public async Task The_Best_Encoding_That_Is_Taken(string? accepted, string? got)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-a1.js");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using HttpResponseMessage answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(got, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(ScriptText, Expand(body, got));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
    }

    [Fact]
    public async Task Who_Has_It_Gets_304_And_Each_Encoding_Has_A_Tag_Of_Its_Own()
    {
        string[] tags = await Task.WhenAll(TagAsync("identity"), TagAsync("gzip"), TagAsync("br"));
        Assert.Equal(3, tags.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tags, tag => Assert.StartsWith("\"", tag, StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-a1.js") { Headers = { { "If-None-Match", tags[2] }, { "Accept-Encoding", "br" } } };
        ApiAnswer again = await Client.ReadAsync(request);
        Assert.Equal((304, ""), (again.Status, again.Body));
    }

    [Fact]
    public async Task Head_Tells_The_Length_And_Other_Methods_Are_Refused()
    {
        ApiAnswer head = await Client.SendJsonAsync(HttpMethod.Head, "/");
        Assert.Equal((200, "", $"{Encoding.UTF8.GetByteCount(PageText)}"), (head.Status, head.Body, head.Header("Content-Length")));
        ApiAnswer post = await Client.PostJsonAsync("/");
        Assert.Equal(405, post.Status);
        Assert.Equal(["GET", "HEAD"], post.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/favicon.svg", 200, "image/svg+xml")]
    [InlineData("/assets/font-b2.woff2", 200, "font/woff2")]
    [InlineData("/assets/nothing.js", 404, "application/problem+json")]
    [InlineData("/assets/index-a1.js.br", 404, "application/problem+json")]
    [InlineData("/assets/Index-a1.js", 404, "application/problem+json")]
    [InlineData("/index.html", 404, "application/problem+json")]
    [InlineData("/assets/..%2f..%2fappsettings.json", 404, "application/problem+json")]
    [InlineData("/assets/..%5c..%5cappsettings.json", 404, "application/problem+json")]
    [InlineData("/assets/%2e%2e/%2e%2e/appsettings.json", 404, "application/problem+json")]
    public async Task Only_What_Was_Built_Is_There(string path, int status, string type)
    {
        string answer = await RawAsync(path);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains($"Content-Type: {type}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Logging", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_A_Build_The_App_Says_That_It_Is_Up()
    {
        await using ChatHost host = await StartAsync(Path.Combine(_folder, "not-there"));
        ApiAnswer page = await host.Anonymous().GetJsonAsync("/");
        Assert.Equal((200, "/health/"), (page.Status, page.Json.GetProperty("health").GetString()));
        Assert.Equal(404, (await host.Anonymous().GetJsonAsync("/favicon.svg")).Status);
    }

    private Task<ChatHost> StartAsync(string folder) => ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
    {
        Configure = builder => builder.Services.AddSingleton(new WebFiles(folder)),
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WebPubSub:ConnectionString"] = $"Endpoint=https://chat.example.org;AccessKey={Key};Version=1.0;" },
    });

    private async Task<string> TagAsync(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-a1.js") { Headers = { { "Accept-Encoding", encoding } } };
        return (await Client.ReadAsync(request)).Header("ETag")!;
    }

    /// <summary>As it is written: HttpClient would resolve the dots itself.</summary>
    private async Task<string> RawAsync(string path)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(_host!.Address.Host, _host.Address.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private void Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void Compress(string name)
    {
        string file = Path.Combine(_folder, name);
        byte[] content = File.ReadAllBytes(file);
        using (var brotli = new BrotliStream(File.Create(file + ".br"), CompressionLevel.Optimal))
        {
            brotli.Write(content);
        }

        using var gzip = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Optimal);
        gzip.Write(content);
    }

    private static string Expand(byte[] body, string? encoding)
    {
        using var bytes = new MemoryStream(body);
        using Stream plain = encoding switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }
}
