namespace ServerlessChat.Accounts;

/// <summary>Where the page that sent a request is from, as the browser says.</summary>
internal enum RequestOrigin
{
    /// <summary>Neither header is there: not a browser of the last years, or headers were removed on the way.</summary>
    Unknown,
    Same,
    Other,
}

internal static class RequestOrigins
{
    /// <summary>The same, of a request; forwarded headers are applied before.</summary>
    public static RequestOrigin OriginOf(HttpRequest request) => OriginOf(
        request.Headers.TryGetValue("Sec-Fetch-Site", out var site) ? site.ToString() : null,
        request.Headers.Origin.Count == 0 ? null : request.Headers.Origin.ToString(),
        [$"{request.Scheme}://{request.Host.Value}"]);

    /// <summary><c>Sec-Fetch-Site</c> (Fetch Metadata), which no page can forge; without it <c>Origin</c>, compared with the address that the client used.</summary>
    /// <param name="site">Null: the header is absent.</param>
    /// <param name="origin">Null: the header is absent.</param>
    /// <param name="own">Scheme, host and port of the addresses that are ours.</param>
    public static RequestOrigin OriginOf(string? site, string? origin, IReadOnlyCollection<string> own)
    {
        return (site, origin) switch
        {
            ("same-origin", _) => RequestOrigin.Same,
            ("none", _) => RequestOrigin.Unknown, // the user typed the address: no page, so not ours either
            (not null, _) => RequestOrigin.Other,
            (null, null) => RequestOrigin.Unknown,
            _ => own.Contains(origin, StringComparer.OrdinalIgnoreCase) ? RequestOrigin.Same : RequestOrigin.Other,
        };
    }
}
