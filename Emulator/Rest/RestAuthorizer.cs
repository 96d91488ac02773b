using Emulator.Tokens;
using Microsoft.AspNetCore.Http.Features;

namespace Emulator.Rest;

/// <summary>Checks the tokens of servers: signed with an access key for exactly the address that is called.</summary>
internal sealed class RestAuthorizer(AccessKeys keys, EmulatorAddress address, WebPubSubEmulatorOptions options)
{
    private const string EntraAudience = "https://webpubsub.azure.com";

    /// <param name="generatesToken">The call is <c>:generateToken</c>, which can be kept for Entra ID tokens.</param>
    /// <returns>0: the call is allowed. Otherwise the HTTP status of the refusal.</returns>
    public async Task<int> AuthorizeAsync(HttpContext context, bool generatesToken)
    {
        if (BearerToken.Read(context.Request) is not { Length: > 0 } token)
        {
            return StatusCodes.Status401Unauthorized;
        }

        if (await keys.ValidateAsync(token) is { } jwt && jwt.Audiences.Any(audience => IsForRequest(audience, context)))
        {
            return generatesToken && !options.AllowGenerateTokenByAccessKey ? StatusCodes.Status403Forbidden : 0;
        }

        return options.AllowUnvalidatedEntraTokens && IsEntraToken(token) ? 0 : StatusCodes.Status401Unauthorized;
    }

    private bool IsEntraToken(string token) =>
        keys.ReadUnvalidated(token) is { } jwt
        && jwt.Audiences.Any(audience => audience.TrimEnd('/').Equals(EntraAudience, StringComparison.OrdinalIgnoreCase));

    // The raw target: ASP.NET Core's own path is decoded, and encoding it again would not give the client's bytes back.
    private bool IsForRequest(string audience, HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var called = $"{context.Request.Scheme}://{context.Request.Host}";
        return Matches(audience, called, target) || Matches(audience, address.Endpoint, target);
    }

    private static bool Matches(string audience, string endpoint, string target)
    {
        if (!audience.StartsWith(endpoint, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = audience[endpoint.Length..];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        return IsSame(rest, target) || IsSame(rest, path);
    }

    private static bool IsSame(string left, string right) =>
        left.Equals(right, StringComparison.OrdinalIgnoreCase)
        || Uri.UnescapeDataString(left).Equals(Uri.UnescapeDataString(right), StringComparison.OrdinalIgnoreCase);
}
