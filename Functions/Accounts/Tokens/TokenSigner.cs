using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>JWTs of our own about a caller, signed with HMAC-SHA256 (RFC 7519, RFC 7518 section 3.2). To read one costs no storage operation.</summary>
/// <remarks>
/// Claims: <c>sub</c> the account id, <c>name</c> the username as typed, <c>sid</c> the session, <c>iat</c>, <c>exp</c>, <c>iss</c>, <c>aud</c>. What a token is
/// for is its audience: one of another kind is not valid.
/// </remarks>
internal sealed class TokenSigner
{
    /// <summary>Ours have about 500 bytes; a username or slug of 64 letters, four bytes each and escaped, adds up to 1,100 each.</summary>
    private const int MaxTokenSize = 4096;

    private const string Algorithm = SecurityAlgorithms.HmacSha256;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = MaxTokenSize };
    private readonly SymmetricSecurityKey[] _keys;
    private readonly SigningCredentials _signing;
    private readonly TokenOptions _options;
    private readonly TimeProvider _time;

    public TokenSigner(IOptions<TokenOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _keys = [.. _options.Keys.Select(key => new SymmetricSecurityKey(TokenKeysValidator.Decode(key.Secret)!) { KeyId = key.Id })];
        _signing = new SigningCredentials(_keys[0], Algorithm);
    }

    /// <summary>The rules that tokens of an audience are read by.</summary>
    public TokenValidationParameters RulesFor(string audience) => new()
    {
        ValidIssuer = _options.Issuer,
        ValidAudience = audience,
        ValidAlgorithms = [Algorithm],
        IssuerSigningKeys = _keys,
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (_, expires, _, _) => expires is { } end && _time.GetUtcNow().UtcDateTime < end + _options.ClockSkew,
    };

    /// <param name="more">Claims besides the caller's; null for none.</param>
    public string Create(Caller caller, string audience, TimeSpan lifetime, params (string Name, string Value)[] more)
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Sub] = caller.Id.Value,
            [JwtRegisteredClaimNames.Name] = caller.Username.Text,
            [JwtRegisteredClaimNames.Sid] = caller.SessionId,
        };
        foreach ((string name, string value) in more)
        {
            claims[name] = value;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + lifetime,
            SigningCredentials = _signing,
            Claims = claims,
        });
    }

    /// <summary>The token and who it was made for; null when it is not one of ours, was changed, or has expired. Never throws on bad input.</summary>
    public async ValueTask<(JsonWebToken Token, Caller Caller)?> ReadAsync(string token, TokenValidationParameters rules)
    {
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, rules);
        return result.IsValid && result.SecurityToken is JsonWebToken jwt && CallerOf(jwt) is { } caller ? (jwt, caller) : null;
    }

    private static Caller? CallerOf(JsonWebToken jwt) =>
        jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Name, out string? name)
        && Username.Parse(name) is { } username
        && jwt.TryGetPayloadValue(JwtRegisteredClaimNames.Sid, out string? sessionId)
        && sessionId is not null
        && !string.IsNullOrEmpty(jwt.Subject)
            ? new Caller(new AccountId(jwt.Subject), username, sessionId)
            : null;
}
