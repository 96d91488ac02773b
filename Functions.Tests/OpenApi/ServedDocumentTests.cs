using System.IO.Compression;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.OpenApi;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.OpenApi;

/// <summary><c>/openapi.json</c> over HTTP.</summary>
public sealed class ServedDocumentTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Anyone_Gets_The_Document_As_It_Was_Built()
    {
        await using ChatHost host = await StartAsync(ApiContract.FilePath);
        using HttpClient client = host.Anonymous();

        ApiAnswer answer = await client.GetJsonAsync("/openapi.json");

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("public, max-age=3600", answer.Header("Cache-Control"));
        Assert.Equal(await File.ReadAllTextAsync(ApiContract.FilePath, TestContext.Current.CancellationToken), answer.Body);
    }

    [Fact]
    public async Task Who_Has_It_Is_Told_So()
    {
        await using ChatHost host = await StartAsync(ApiContract.FilePath);
        using HttpClient client = host.Anonymous();
        string tag = (await client.GetJsonAsync("/openapi.json")).Header("ETag")!;

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi.json", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        ApiAnswer answer = await client.ReadAsync(request);

        Assert.Equal((304, "", tag), (answer.Status, answer.Body, answer.Header("ETag")));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task It_Is_Sent_As_The_Build_Compressed_It(string encoding)
    {
        await using ChatHost host = await StartAsync(ApiContract.FilePath);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi.json", UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd(encoding);

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        Assert.True(bytes.Length < 20_000, $"{bytes.Length} bytes");
        using var compressed = new MemoryStream(bytes);
        await using Stream plain = encoding is "br" ? new BrotliStream(compressed, CompressionMode.Decompress) : new GZipStream(compressed, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal(await File.ReadAllTextAsync(ApiContract.FilePath, TestContext.Current.CancellationToken), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_App_That_Was_Built_Without_It_Has_None()
    {
        await using ChatHost host = await StartAsync(Path.Combine(Path.GetTempPath(), "no-such-folder", "openapi.json"));
        using HttpClient client = host.Anonymous();

        ApiAnswer answer = await client.GetJsonAsync("/openapi.json");

        Assert.Equal((404, "not_found"), (answer.Status, answer.Code));
    }

    private Task<ChatHost> StartAsync(string file) => ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
    {
        Configure = builder => builder.Services.AddSingleton(new ApiDocumentFile(file)),
    });
}
