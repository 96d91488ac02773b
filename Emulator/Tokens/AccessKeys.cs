using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Emulator.Tokens;

/// <summary>The service's two keys: what they sign, and what they vouch for. A key's UTF-8 bytes are the HMAC key.</summary>
internal sealed class AccessKeys
{
    private const int MaxKnown = 256;

    private readonly ConcurrentDictionary<string, JsonWebToken> _known = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _clockSkew;
    private readonly byte[] _primary;
    private readonly byte[] _secondary;
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _validation;

    public AccessKeys(WebPubSubEmulatorOptions options)
    {
        _timeProvider = options.TimeProvider;
        _clockSkew = options.TokenClockSkew;
        _primary = Encoding.UTF8.GetBytes(options.AccessKey);
        _secondary = Encoding.UTF8.GetBytes(options.SecondaryAccessKey);
        _credentials = new(new SymmetricSecurityKey(_primary), SecurityAlgorithms.HmacSha256);
        _validation = new()
        {
            IssuerSigningKeys = [_credentials.Key, new SymmetricSecurityKey(_secondary)],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,

            // Callers compare the audience: what they compare it with differs per request.
            ValidateAudience = false,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
        };
    }

    /// <returns>The token if one of the keys signed it and it is in its lifetime; null otherwise.</returns>
    public async Task<JsonWebToken?> ValidateAsync(string token)
    {
        // A server that sends much to one address signs the same token again and again: it counts seconds.
        if (_known.TryGetValue(token, out var known))
        {
            return IsInTime(known.ValidFrom, known.ValidTo) ? known : null;
        }

        var result = await _handler.ValidateTokenAsync(token, _validation);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            return null;
        }

        Remember(token, jwt);
        return jwt;
    }

    /// <summary>The lifetime alone, for tokens whose signature others answer for.</summary>
    public JsonWebToken? ReadUnvalidated(string token)
    {
        if (!_handler.CanReadToken(token))
        {
            return null;
        }

        try
        {
            var jwt = _handler.ReadJsonWebToken(token);
            return IsInTime(jwt.ValidFrom, jwt.ValidTo) ? jwt : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null; // It has the shape of a token, and nothing in it.
        }
    }

    /// <summary>Signs a token with the primary key.</summary>
    public string Sign(string audience, TimeSpan lifetime, IDictionary<string, object> claims)
    {
        var now = _timeProvider.GetUtcNow().UtcDateTime;
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

    /// <summary>The <c>ce-signature</c> header: proof that the service knows the keys, the same for every event of a connection.</summary>
    public string SignConnection(string connectionId)
    {
        var message = Encoding.UTF8.GetBytes(connectionId);
        return $"sha256={Hash(_primary, message)},sha256={Hash(_secondary, message)}";
    }

    private void Remember(string token, JsonWebToken jwt)
    {
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        _known[token] = jwt;
    }

    private static string Hash(byte[] key, byte[] message) => Convert.ToHexStringLower(HMACSHA256.HashData(key, message));

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = _timeProvider.GetUtcNow().UtcDateTime;

        // A token without nbf reads as the earliest date, from which nothing can be subtracted.
        var started = notBefore is null || notBefore <= DateTime.MinValue + _clockSkew || notBefore - _clockSkew <= now;
        return started && expires is { } end && end > DateTime.MinValue && now <= SaturatingAdd(end, _clockSkew);
    }

    private static DateTime SaturatingAdd(DateTime time, TimeSpan span) => time > DateTime.MaxValue - span ? DateTime.MaxValue : time + span;
}
