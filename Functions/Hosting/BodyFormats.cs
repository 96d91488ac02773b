using Microsoft.Net.Http.Headers;

namespace ServerlessChat.Hosting;

internal enum BodyFormat
{
    /// <summary>No content type: only an empty body is taken.</summary>
    None,
    Json,
    Form,
}

internal static class BodyFormats
{
    /// <exception cref="ApiProblemException">415: another content type, or a charset other than UTF-8.</exception>
    public static BodyFormat Of(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return BodyFormat.None;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !IsUtf8(type))
        {
            throw Unsupported();
        }

        return type switch
        {
            _ when Is(type, "application/json") => BodyFormat.Json,
            _ when Is(type, "application/x-www-form-urlencoded") => BodyFormat.Form,
            _ when type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase) => BodyFormat.Json,
            _ => throw Unsupported(),
        };
    }

    public static ApiProblemException Unsupported() => new(ApiProblem.Of(Errors.UnsupportedMediaType));

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
