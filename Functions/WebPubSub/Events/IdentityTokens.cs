using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessChat.WebPubSub.Events;

/// <summary>
/// Tells calls of the service from calls of others by the Entra token of its managed identity: issuer, audience, lifetime, signature by a key that the
/// authority publishes, and the caller's object id. Keys are fetched once and kept, and fetched anew behind a call that shows one that is not known yet: that call may be refused, the next is not.
/// </summary>
/// <param name="authority"><c>https://login.microsoftonline.com/(tenant)/v2.0</c>.</param>
/// <param name="audience">What the event handler's settings name as resource.</param>
/// <param name="caller">The object id (<c>oid</c>) of Web PubSub's identity.</param>
internal sealed class IdentityTokens(string authority, string audience, string caller, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    private readonly JsonWebTokenHandler _handler = new();
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _keys = new(
        authority.TrimEnd('/') + "/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever { RequireHttps = !IsLoopback(authority) });

    /// <summary>Whether <c>Authorization</c> proves that the service is calling.</summary>
    public async Task<bool> IsValidAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        string token = authorization[Bearer.Length..].Trim();
        try
        {
            return await IsValidTokenAsync(token, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            return false; // The authority's keys can't be had (IDX20803): nobody can be believed before they can.
        }
    }

    private async Task<bool> IsValidTokenAsync(string token, CancellationToken cancellationToken)
    {
        TokenValidationResult result = await ValidateAsync(token, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Rotated since: bounded by the manager's own least interval between two fetches.
            _keys.RequestRefresh();
            result = await ValidateAsync(token, cancellationToken);
        }

        return result.IsValid && result.SecurityToken is JsonWebToken jwt
            && jwt.TryGetPayloadValue("oid", out string? oid) && string.Equals(oid, caller, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration published = await _keys.GetConfigurationAsync(cancellationToken);
        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = published.Issuer,
            ValidAudience = audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = published.SigningKeys,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                expires is { } end && IsBetween(notBefore ?? DateTime.MinValue, end, parameters.ClockSkew),
        });
    }

    private bool IsBetween(DateTime start, DateTime end, TimeSpan skew)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return now + skew >= start && now < end + skew;
    }

    // Tests publish keys without TLS.
    private static bool IsLoopback(string authority) => new Uri(authority).IsLoopback;
}
