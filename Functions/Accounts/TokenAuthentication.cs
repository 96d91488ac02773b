using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts;

/// <summary>
/// Signs a request in by <c>Authorization: Bearer</c>, else by the cookie <c>chat_session</c>, without a storage operation, and leaves a
/// <see cref="Caller"/> among its features. A header that is not good is not made up for by a cookie.
/// </summary>
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "The authentication service makes it.")]
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Token";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        bool byCookie = Request.Headers.Authorization.Count == 0;
        string? token = byCookie ? Request.Cookies[SessionCookies.Session] : BearerToken(Request.Headers.Authorization.ToString());
        if (string.IsNullOrEmpty(token))
        {
            return byCookie ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("The Authorization header is not a bearer token.");
        }

        if (await tokens.ReadAsync(token) is not { } caller)
        {
            return AuthenticateResult.Fail("The token is not valid.");
        }

        Context.Features.Set(caller);
        if (byCookie)
        {
            Context.Features.Set(CookieSignIn.Instance);
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id.Value)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => ApiProblem.Of(Errors.NotSignedIn).ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.Of(Errors.Forbidden).ExecuteAsync(Context);

    private static string? BearerToken(string header) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
}
