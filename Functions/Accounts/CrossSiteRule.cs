using Microsoft.AspNetCore.Authorization;
using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts;

/// <summary>Marks a request that was signed in by the cookie alone, which a browser sends whichever page asks it to.</summary>
internal sealed record CookieSignIn
{
    public static readonly CookieSignIn Instance = new();
}

/// <summary>
/// A state-changing request that is signed in by the cookie alone must come from the same origin, or it gets 403 <c>cross_site</c>.
/// It must show so: a request with neither <c>Sec-Fetch-Site</c> nor <c>Origin</c> is refused too. Browsers send one of them with
/// every such request, and a program that has a cookie has the token.
/// </summary>
public static class CrossSiteRule
{
    /// <summary>Belongs after authentication. Addresses that do not ask who is calling (login, register) have no use for the cookie and are let through.</summary>
    public static IApplicationBuilder UseCrossSiteRule(this IApplicationBuilder app) => app.Use((context, next) =>
        IsRefused(context) ? ApiProblem.Of(Errors.CrossSite).ExecuteAsync(context) : next(context));

    /// <summary>Whether a request that acts by a cookie has to be refused.</summary>
    internal static bool IsRefusedByCookie(HttpRequest request) => ChangesState(request.Method) && RequestOrigins.OriginOf(request) != RequestOrigin.Same;

    private static bool IsRefused(HttpContext context) =>
        context.Features.Get<CookieSignIn>() is not null
        && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null
        && IsRefusedByCookie(context.Request);

    private static bool ChangesState(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);
}
