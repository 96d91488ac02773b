using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Hosting;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>Login, refresh and logout.</summary>
internal static class SessionEndpoints
{
    public static async Task<Results<Ok<SessionResponse>, ApiProblem>> LoginAsync(
        Body<LoginRequest> body, HttpContext context, SignIn signIn, SessionIssuer issuer, CancellationToken cancellationToken)
    {
        (string? username, string? password) = body.Value;
        Dictionary<string, string[]> missing = Missing(("username", username), ("password", password));
        if (missing.Count > 0)
        {
            return ApiProblem.Fields(missing);
        }

        SessionResponse session = await signIn.SignInAsync(Username.Parse(username), password!, cancellationToken);
        SessionCookies.Write(context, session, issuer.Lifetime);
        return TypedResults.Ok(session);
    }

    /// <summary>The token of the body, else that of the cookie; a browser sends no body at all.</summary>
    public static async Task<Results<Ok<SessionResponse>, ApiProblem>> RefreshAsync(
        Body<RefreshRequest> body, HttpContext context, SessionStore sessions, SessionIssuer issuer, CancellationToken cancellationToken)
    {
        string? token = body.Value.RefreshToken;
        bool byCookie = string.IsNullOrEmpty(token);
        if (byCookie)
        {
            token = context.Request.Cookies[SessionCookies.Refresh];
            if (token is not null && CrossSiteRule.IsRefusedByCookie(context.Request))
            {
                return ApiProblem.Of(Errors.CrossSite);
            }
        }

        if (await sessions.RefreshAsync(token, cancellationToken) is { } session)
        {
            SessionCookies.Write(context, session, issuer.Lifetime);
            return TypedResults.Ok(session);
        }

        if (byCookie)
        {
            SessionCookies.Clear(context);
        }

        return ApiProblem.Of(Errors.InvalidRefreshToken);
    }

    public static async Task<NoContent> LogoutAsync(Caller caller, HttpContext context, SessionStore sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(caller, cancellationToken);
        SessionCookies.Clear(context);
        return TypedResults.NoContent();
    }

    private static Dictionary<string, string[]> Missing(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var missing = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach ((string name, string? value) in fields)
        {
            if (string.IsNullOrEmpty(value))
            {
                missing[name] = ["This field is required."];
            }
        }

        return missing;
    }
}
