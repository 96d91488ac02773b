using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>Access tokens: JWTs signed with HMAC-SHA256 (RFC 7519, RFC 7518 section 3.2). To read one costs no storage operation.</summary>
/// <remarks>
/// Claims: <c>sub</c> the account id, <c>name</c> the username as typed, <c>sid</c> the session, <c>iat</c>, <c>exp</c>,
/// <c>iss</c>, <c>aud</c>. A token holds until <c>exp</c>, also after its session or account has ended: what must know better (profile,
/// password, refresh) reads the account.
/// </remarks>
public sealed class AccessTokens
{
    /// <summary>Ours have about 500 bytes; a username of 64 letters, four bytes each and escaped, adds up to 1,100.</summary>
    private const int MaxTokenSize = 4096;

    private const string Algorithm = SecurityAlgorithms.HmacSha256;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = MaxTokenSize };
    private readonly TokenValidationParameters _rules;
    private readonly SigningCredentials _signing;
    private readonly TokenOptions _options;
    private readonly TimeProvider _time;

    public AccessTokens(IOptions<TokenOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        SymmetricSecurityKey[] keys =
            [.. _options.Keys.Select(key => new SymmetricSecurityKey(TokenKeysValidator.Decode(key.Secret)!) { KeyId = key.Id })];
        _signing = new SigningCredentials(keys[0], Algorithm);
        _rules = Rules(keys);
    }

    /// <summary>How long a token made now holds.</summary>
    public TimeSpan Lifetime => _options.AccessLifetime;

    public string Create(Caller caller)
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            IssuedAt = now,
            Expires = now + _options.AccessLifetime,
            SigningCredentials = _signing,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [JwtRegisteredClaimNames.Sub] = caller.Id.Value,
                [JwtRegisteredClaimNames.Name] = caller.Username.Text,
                [JwtRegisteredClaimNames.Sid] = caller.SessionId,
            },
        });
    }

    /// <summary>Who the token was made for; null when it is not one of ours, was changed, or has expired. Never throws on bad input.</summary>
    public async ValueTask<Caller?> ReadAsync(string token)
    {
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, _rules);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            return null;
        }

        return jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Name, out string? name)
            && Username.Parse(name) is { } username
            && jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Sid, out string? sessionId)
            && sessionId is not null
            && !string.IsNullOrEmpty(jwt.Subject)
                ? new Caller(new AccountId(jwt.Subject), username, sessionId)
                : null;
    }

    private TokenValidationParameters Rules(SymmetricSecurityKey[] keys) => new()
    {
        ValidIssuer = _options.Issuer,
        ValidAudience = _options.Audience,
        ValidAlgorithms = [Algorithm],
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (_, expires, _, _) => expires is { } end && _time.GetUtcNow().UtcDateTime < end + _options.ClockSkew,
    };
}
