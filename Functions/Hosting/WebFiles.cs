namespace ServerlessChat.Hosting;

/// <summary>The web client's files by their addresses. What is not listed here is not served: no path is ever made into a file's name.</summary>
/// <remarks>
/// All are read at once, by the first request, and kept: each request finds the same build, and a start is measured no slower than when it reads the page alone (200 KB in all).
/// </remarks>
/// <param name="folder">
/// A build of the client: <c>index.html</c>, the page; <c>assets/</c>, whose names hold a hash of their content; and what else stands at the top. Beside a file there may be
/// the same compressed, <c>(file).br</c> and <c>(file).gz</c>. The folder need not exist.
/// </param>
internal sealed class WebFiles(string folder)
{
    /// <summary>The address of the page.</summary>
    public const string Page = "/";

    /// <summary>The name of its file.</summary>
    public const string PageName = "index.html";

    // A folder that could not be read is tried again by the next request.
    private readonly Lazy<Dictionary<string, WebFile>> _files = new(() => Read(folder), LazyThreadSafetyMode.PublicationOnly);

    /// <param name="path">As in the request, unescaped; case matters. Null: there is none.</param>
    public WebFile? Find(string path) => _files.Value.GetValueOrDefault(path);

    private static Dictionary<string, WebFile> Read(string folder)
    {
        var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
        HashSet<string> found = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)] : [];
        foreach (string file in found.Where(file => !IsTwin(file)))
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            files[AddressOf(name)] = WebFile.Read(name, file, found.Contains);
        }

        return files;
    }

    private static bool IsTwin(string file) => Path.GetExtension(file) is ".br" or ".gz";

    private static string AddressOf(string name) => name is PageName ? Page : "/" + name;
}
