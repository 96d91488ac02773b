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
    /// <summary>
    /// <c>Sec-Fetch-Site</c> (Fetch Metadata), which no page can forge; without it <c>Origin</c>, compared with the address that
    /// the client used (forwarded headers are applied before).
    /// </summary>
    public static RequestOrigin OriginOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site.ToString() switch
            {
                "same-origin" => RequestOrigin.Same,
                "none" => RequestOrigin.Unknown, // the user typed the address: no page, so not ours either
                _ => RequestOrigin.Other,
            };
        }

        if (request.Headers.Origin.Count == 0)
        {
            return RequestOrigin.Unknown;
        }

        string own = $"{request.Scheme}://{request.Host.Value}";
        return string.Equals(request.Headers.Origin.ToString(), own, StringComparison.OrdinalIgnoreCase) ? RequestOrigin.Same : RequestOrigin.Other;
    }
}
