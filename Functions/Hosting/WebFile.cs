using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServerlessChat.Hosting;

/// <summary>One file of the web client, plain and as it was compressed when the client was built.</summary>
/// <param name="ContentType">With its charset.</param>
/// <param name="CacheControl">How long it may be kept.</param>
/// <param name="Plain">As it is.</param>
/// <param name="Compressed">The same in smaller, the smallest last: it gets a tie.</param>
internal sealed record WebFile(string ContentType, string CacheControl, WebContent Plain, IReadOnlyList<WebContent> Compressed)
{
    /// <summary>The name changes with the content.</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>Asked for again each time, and answered by 304 while it is the same.</summary>
    private const string Revalidated = "no-cache";

    /// <summary>What may be old for a while: each question is an execution that is paid for.</summary>
    private const string Day = "public, max-age=86400";

    /// <param name="name">Within the client's folder, with <c>/</c>.</param>
    /// <param name="file">Where it is.</param>
    /// <param name="exists">Whether there is a file of that name.</param>
    public static WebFile Read(string name, string file, Func<string, bool> exists)
    {
        (string File, string Encoding)[] twins = [(file + ".gz", "gzip"), (file + ".br", "br")];
        return new WebFile(
            WebContentTypes.Of(name),
            name.StartsWith("assets/", StringComparison.Ordinal) ? Forever : name is WebFiles.PageName ? Revalidated : Day,
            WebContent.Read(file, "identity"),
            [.. twins.Where(twin => exists(twin.File)).Select(twin => WebContent.Read(twin.File, twin.Encoding))]);
    }

    /// <summary>Answers 200 with the encoding that the request likes best, or 304 when it has that.</summary>
    public Task WriteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        WebContent content = Choose(context.Request.Headers.AcceptEncoding);

        // With a 304 too: a browser puts its headers in the place of those that it has.
        response.Headers.ETag = content.Tag.ToString();
        response.Headers.CacheControl = CacheControl;
        response.Headers.Vary = Compressed.Count > 0 ? HeaderNames.AcceptEncoding : StringValues.Empty;
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (content.IsKnownTo(context.Request.Headers.IfNoneMatch))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = ContentType;
        response.Headers.ContentEncoding = ReferenceEquals(content, Plain) ? StringValues.Empty : content.Encoding;
        response.ContentLength = content.Bytes.Length;
        return response.Body.WriteAsync(content.Bytes, context.RequestAborted).AsTask();
    }

    /// <summary>RFC 9110, section 12.5.3. When nothing is acceptable it is the plain one: a body that may be readable is worth more than a 406.</summary>
    private WebContent Choose(StringValues acceptEncoding)
    {
        if (Compressed.Count == 0 || !StringWithQualityHeaderValue.TryParseList(acceptEncoding, out IList<StringWithQualityHeaderValue>? accepted))
        {
            return Plain;
        }

        WebContent best = Plain;
        double quality = QualityOf(accepted, Plain.Encoding);
        foreach (WebContent content in Compressed)
        {
            if (QualityOf(accepted, content.Encoding) is > 0 and var own && own >= quality)
            {
                (best, quality) = (content, own);
            }
        }

        return best;
    }

    /// <summary>0: not taken; for the plain one also: not asked for, and anything that is taken goes before it.</summary>
    private static double QualityOf(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        (Named(accepted, encoding) ?? Named(accepted, "*")) is { } value ? value.Quality ?? 1 : 0;

    private static StringWithQualityHeaderValue? Named(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));
}
