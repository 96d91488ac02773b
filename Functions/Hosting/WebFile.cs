using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ServerlessChat.Hosting;

/// <summary>A file of the web client, plain and as compressed when it was built.</summary>
/// <param name="IsPage">Gets the page's headers, and is asked for again each time; the rest has a hash of its content in its name.</param>
internal sealed record WebFile(string ContentType, bool IsPage, bool IsHashed, WebContent Plain, WebContent? Brotli, WebContent? Gzip)
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static WebFile Read(string folder, string file)
    {
        string path = Path.GetRelativePath(folder, file).Replace('\\', '/');
        return new WebFile(
            TypeOf(path),
            path is WebFiles.Page,
            path.StartsWith("assets/", StringComparison.Ordinal),
            new WebContent(File.ReadAllBytes(file), Encoding: null),
            Compressed(file + ".br", "br"),
            Compressed(file + ".gz", "gzip"));
    }

    /// <summary>The file in the best encoding that the request takes; 304 when it has it.</summary>
    /// <param name="context">Gets the headers.</param>
    /// <param name="policy">For the page.</param>
    public IResult ToResult(HttpContext context, WebPolicy? policy)
    {
        WebContent content = Choose(context.Request.GetTypedHeaders().AcceptEncoding);
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = IsHashed ? Forever : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentEncoding = content.Encoding;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (policy is not null)
        {
            headers.ContentSecurityPolicy = policy.Content;
            headers["Permissions-Policy"] = WebPolicy.Permissions;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        return TypedResults.Bytes(content.Bytes, ContentType, entityTag: content.Tag);
    }

    private WebContent Choose(IList<StringWithQualityHeaderValue> accepted)
    {
        double brotli = Brotli is null ? 0 : QualityOf(accepted, "br");
        double gzip = Gzip is null ? 0 : QualityOf(accepted, "gzip");
        return (brotli, gzip) switch
        {
            ( <= 0, <= 0) => Plain,
            _ when brotli >= gzip => Brotli!,
            _ => Gzip!,
        };
    }

    /// <summary>An encoding that is not named is not taken, unless <c>*</c> stands for it (RFC 9110, section 12.5.3).</summary>
    private static double QualityOf(IList<StringWithQualityHeaderValue> accepted, string encoding)
    {
        StringWithQualityHeaderValue? named = accepted.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(static value => value.Value.Equals("*", StringComparison.Ordinal));
        return named is null ? 0 : named.Quality ?? 1;
    }

    private static WebContent? Compressed(string file, string encoding) => File.Exists(file) ? new WebContent(File.ReadAllBytes(file), encoding) : null;

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}

/// <param name="Encoding">For <c>Content-Encoding</c>; null for none.</param>
internal sealed record WebContent(byte[] Bytes, string? Encoding)
{
    /// <summary>Strong: differs for every encoding, because the bytes do.</summary>
    public EntityTagHeaderValue Tag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 12))}\"");
}
