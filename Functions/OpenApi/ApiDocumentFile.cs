using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>The document as a file, and compressed beside it. Read by the first request for it.</summary>
/// <param name="path">Null from <see cref="Find"/> when there is none.</param>
internal sealed class ApiDocumentFile(string path)
{
    public const string Name = "openapi.json";

    private readonly Lazy<WebFile?> _file = new(
        () => File.Exists(path) ? WebFile.Read(Name, path, File.Exists) with { CacheControl = "public, max-age=3600" } : null, LazyThreadSafetyMode.PublicationOnly);

    public WebFile? Find() => _file.Value;

    /// <summary>Writes the document and its compressed twins into a folder.</summary>
    [RequiresUnreferencedCode(ApiDocument.Reflection)]
    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, Name);
        await File.WriteAllTextAsync(file, await ApiDocument.GenerateAsync(cancellationToken), cancellationToken);
        await CompressAsync(file, ".br", stream => new BrotliStream(stream, CompressionLevel.SmallestSize), cancellationToken);
        await CompressAsync(file, ".gz", stream => new GZipStream(stream, CompressionLevel.SmallestSize), cancellationToken);
    }

    private static async Task CompressAsync(string file, string ending, Func<Stream, Stream> compress, CancellationToken cancellationToken)
    {
        await using FileStream plain = File.OpenRead(file);
        await using Stream compressed = compress(File.Create(file + ending));
        await plain.CopyToAsync(compressed, cancellationToken);
    }
}
