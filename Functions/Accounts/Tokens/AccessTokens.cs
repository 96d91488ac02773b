using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>Access tokens: what a caller shows with every request.</summary>
/// <remarks>
/// A token holds until it expires, also after its session or account has ended: what must know better (profile, password, refresh) reads the account.
/// </remarks>
internal sealed class AccessTokens(TokenSigner signer, IOptions<TokenOptions> options)
{
    private readonly TokenValidationParameters _rules = signer.RulesFor(options.Value.Audience);

    /// <summary>How long a token made now holds.</summary>
    public TimeSpan Lifetime => options.Value.AccessLifetime;

    public string Create(Caller caller) => signer.Create(caller, options.Value.Audience, Lifetime);

    /// <summary>Who the token was made for; null when it is not one of ours, was changed, or has expired. Never throws on bad input.</summary>
    public async ValueTask<Caller?> ReadAsync(string token) => (await signer.ReadAsync(token, _rules))?.Caller;
}
