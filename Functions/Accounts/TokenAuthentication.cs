using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts;

/// <summary>
/// Signs a request in by <c>Authorization: Bearer</c>, else by the cookie <c>chat_session</c>, without a storage operation, and leaves a
/// <see cref="Caller"/> among its features. A header that is not good is not made up for by a cookie.
/// </summary>
/// <remarks>One lives as long as its request.</remarks>
internal sealed class TokenAuthentication(AccessTokens tokens) : IAuthenticationHandler
{
    public const string SchemeName = "Token";

    private const string Bearer = "Bearer ";
    private HttpContext _context = null!;
    private Task<AuthenticateResult>? _result;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => _result ??= SignInAsync();

    public Task ChallengeAsync(AuthenticationProperties? properties) => ApiProblem.Of(Errors.NotSignedIn).ExecuteAsync(_context);

    public Task ForbidAsync(AuthenticationProperties? properties) => ApiProblem.Of(Errors.Forbidden).ExecuteAsync(_context);

    private async Task<AuthenticateResult> SignInAsync()
    {
        bool byCookie = _context.Request.Headers.Authorization.Count == 0;
        string? token = byCookie
            ? _context.Request.Cookies[SessionCookies.Session]
            : BearerToken(_context.Request.Headers.Authorization.ToString());
        if (string.IsNullOrEmpty(token) || await tokens.ReadAsync(token) is not { } caller)
        {
            return AuthenticateResult.NoResult();
        }

        _context.Features.Set(caller);
        if (byCookie)
        {
            _context.Features.Set(CookieSignIn.Instance);
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id.Value)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private static string? BearerToken(string header) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
}
