using System.Collections.Concurrent;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessChat.WebPubSub.Wire;

/// <summary>JWTs signed with an access key: HS256 with the key's UTF-8 bytes, for exactly one address each.</summary>
internal sealed class AccessKeyTokens(string accessKey, TimeProvider time)
{
    /// <summary>How long a token for a REST call holds; the official .NET client's value.</summary>
    private static readonly TimeSpan CallLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a token is used for the same address again: signing each of a thousand sends to one group would cost more than the sends.</summary>
    private static readonly TimeSpan CallReuse = TimeSpan.FromMinutes(1);

    private const int MaxKept = 2_000;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(accessKey)), SecurityAlgorithms.HmacSha256);

    /// <summary>A token for a REST call.</summary>
    /// <param name="url">The whole address as it is sent, with its query.</param>
    public string ForCall(string url)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_kept.TryGetValue(url, out Kept? kept) && kept.Until > now)
        {
            return kept.Token;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        string token = Sign(url, CallLifetime, claims: null);
        _kept[url] = new Kept(token, now + CallReuse);
        return token;
    }

    /// <param name="claims">Besides <c>aud</c>, <c>iat</c>, <c>nbf</c> and <c>exp</c>; null for none.</param>
    public string Sign(string audience, TimeSpan lifetime, IDictionary<string, object>? claims)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }

    private sealed record Kept(string Token, DateTimeOffset Until);
}
