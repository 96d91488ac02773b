using System.Collections.Frozen;

namespace ServerlessChat.Hosting;

/// <summary>The files of the web client, each read once, when it is first asked for. Only names that were there at the first request exist: no path leads elsewhere.</summary>
/// <param name="folder">The build of <c>Web/</c>, with <c>.br</c> and <c>.gz</c> beside what is text. It need not exist.</param>
internal sealed class WebFiles(string folder)
{
    public const string Page = "index.html";

    private readonly Lazy<FrozenDictionary<string, Lazy<WebFile>>> _files = new(() => List(folder));

    /// <param name="path">Relative, with <c>/</c>; case matters. Null: there is none.</param>
    public WebFile? Find(string path) => _files.Value.TryGetValue(path, out Lazy<WebFile>? file) ? file.Value : null;

    private static FrozenDictionary<string, Lazy<WebFile>> List(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        return files
            .Where(static file => Path.GetExtension(file) is not (".br" or ".gz"))
            .ToFrozenDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file => new Lazy<WebFile>(() => WebFile.Read(folder, file)), StringComparer.Ordinal);
    }
}
