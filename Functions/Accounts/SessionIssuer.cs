using Microsoft.Extensions.Options;
using ServerlessChat.Accounts.Tokens;

namespace ServerlessChat.Accounts;

/// <summary>Puts a session on the wire.</summary>
internal sealed class SessionIssuer(AccessTokens tokens, IOptions<TokenOptions> options)
{
    /// <summary>How long a session lives after its last refresh.</summary>
    public TimeSpan Lifetime => options.Value.RefreshLifetime;

    public SessionResponse Issue(Caller caller, RefreshToken refresh) =>
        new(tokens.Create(caller), "Bearer", (long)tokens.Lifetime.TotalSeconds, refresh.Reveal(), caller.Username.Text);
}
