using System.Net;

namespace ServerlessChat.Accounts;

/// <summary>The two cookies of a browser's session: it never has to keep a token where a script could read it.</summary>
/// <remarks>
/// Both are <c>HttpOnly</c>, and <c>Secure</c> except on plain-HTTP localhost. <c>chat_session</c> is <c>SameSite=Lax</c>, so that a link from
/// elsewhere opens the chat signed in; <c>chat_refresh</c> is <c>Strict</c> and sent to the refresh address alone. They are not
/// set for a page of another origin: it could sign the visitor in as someone else.
/// </remarks>
internal static class SessionCookies
{
    public const string Session = "chat_session";
    public const string Refresh = "chat_refresh";

    /// <summary>Without the last slash, so that it covers the address written either way.</summary>
    private const string RefreshPath = "/chat/refresh";

    public static void Write(HttpContext context, SessionResponse session, TimeSpan refreshLifetime)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (RequestOrigins.OriginOf(context.Request) != RequestOrigin.Other)
        {
            context.Response.Cookies.Append(Session, session.Token, SessionOptions(context.Request, TimeSpan.FromSeconds(session.ExpiresIn)));
            context.Response.Cookies.Append(Refresh, session.RefreshToken, RefreshOptions(context.Request, refreshLifetime));
        }
    }

    public static void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(Session, SessionOptions(context.Request, maxAge: null));
        context.Response.Cookies.Delete(Refresh, RefreshOptions(context.Request, maxAge: null));
    }

    private static CookieOptions SessionOptions(HttpRequest request, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = IsSecure(request), Path = "/", MaxAge = maxAge };

    private static CookieOptions RefreshOptions(HttpRequest request, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = IsSecure(request), Path = RefreshPath, MaxAge = maxAge };

    private static bool IsSecure(HttpRequest request) => request.IsHttps || !IsLocalhost(request.Host.Host);

    private static bool IsLocalhost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
