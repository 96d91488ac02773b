using System.IO.Compression;
using System.Text;

namespace ServerlessChat.Tests.Hosting;

/// <summary>A made-up build of the web client, in a folder of its own.</summary>
public sealed class WebBuild : IDisposable
{
    public const string Page = "<!doctype html><title>گفتگو</title><script type=\"module\" src=\"/assets/index-a1b2.js\"></script>";
    public const string Script = "document.title = 'سلام'; // compressed, compressed, compressed, compressed, compressed, compressed, compressed";

    public string Folder { get; } = Directory.CreateTempSubdirectory("chat-web-").FullName;

    /// <summary>A page, a script, a style and an icon with their twins, a script with the gzip twin alone, and a font without any.</summary>
    public static WebBuild Create()
    {
        var build = new WebBuild();
        build.Add("index.html", Page).Compress("index.html");
        build.Add("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").Compress("favicon.svg");
        build.Add("assets/index-a1b2.js", Script).Compress("assets/index-a1b2.js");
        build.Add("assets/index-c3d4.css", "p { color: teal }").Compress("assets/index-c3d4.css");
        build.Add("assets/half-e5f6.js", Script).Gzip("assets/half-e5f6.js");
        build.Add("assets/font-0718.woff2", "wOF2");
        build.Add("assets/strange-9a0b.xyz", "?");
        build.Add("robots.txt", "not among the addresses");
        return build;
    }

    public WebBuild Add(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return this;
    }

    /// <summary>The body of an answer, as it was before it was encoded.</summary>
    public static string Decode(byte[] body, string? encoding)
    {
        using var bytes = new MemoryStream(body);
        using Stream plain = encoding switch
        {
            null => bytes,
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "Not one of the two."),
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Compress(string name)
    {
        Gzip(name);
        using var brotli = new BrotliStream(File.Create(PathOf(name) + ".br"), CompressionLevel.Optimal);
        brotli.Write(File.ReadAllBytes(PathOf(name)));
    }

    private void Gzip(string name)
    {
        using var gzip = new GZipStream(File.Create(PathOf(name) + ".gz"), CompressionLevel.Optimal);
        gzip.Write(File.ReadAllBytes(PathOf(name)));
    }

    private string PathOf(string name) => Path.Combine(Folder, name);
}
