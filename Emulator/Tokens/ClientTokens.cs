using System.Security.Claims;
using Emulator.Hubs;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Emulator.Tokens;

/// <summary>Tokens that clients connect with.</summary>
internal sealed class ClientTokens(AccessKeys keys, EmulatorAddress address)
{
    /// <param name="userId">Null: anonymous.</param>
    public string Create(string hub, string? userId, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> groups, TimeSpan lifetime, string path = "client")
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal);
        if (userId is not null)
        {
            claims["sub"] = userId;
        }

        if (roles.Count > 0)
        {
            claims["role"] = roles.ToArray();
        }

        if (groups.Count > 0)
        {
            claims["webpubsub.group"] = groups.ToArray();
        }

        return keys.Sign($"{address.Endpoint}/{path}/hubs/{hub}", lifetime, claims);
    }

    /// <returns>Who the token says the client is; null when it is not valid for this hub.</returns>
    /// <param name="host">The request's Host header: the audience may name it or the emulator's own endpoint.</param>
    public async Task<ClientIdentity?> ValidateAsync(string? token, string hub, string host)
    {
        if (string.IsNullOrEmpty(token) || await keys.ValidateAsync(token) is not { } jwt)
        {
            return null;
        }

        return jwt.Audiences.Any(audience => IsForHub(audience, hub, host)) ? ClientIdentity.From(jwt) : null;
    }

    // One SDK is said to sign for ws:// addresses, the others sign for http://.
    private bool IsForHub(string audience, string hub, string host)
    {
        var schemeEnd = audience.IndexOf("://", StringComparison.Ordinal);
        var scheme = schemeEnd < 0 ? "" : audience[..schemeEnd].ToLowerInvariant();
        if (scheme is not ("http" or "https" or "ws" or "wss"))
        {
            return false;
        }

        var rest = audience[(schemeEnd + 3)..];
        return rest.Equals($"{host}/client/hubs/{hub}", StringComparison.OrdinalIgnoreCase)
            || rest.Equals($"{address.Authority}/client/hubs/{hub}", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What a client token says.</summary>
/// <param name="UserId">Null: anonymous.</param>
/// <param name="Groups">As written; not checked yet.</param>
/// <param name="Claims">Every claim, as the <c>connect</c> event shows it.</param>
internal sealed record ClientIdentity(
    string? UserId, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, string[]> Claims)
{
    public static ClientIdentity Anonymous { get; } = new(null, [], [], new Dictionary<string, string[]>(StringComparer.Ordinal));

    public static ClientIdentity From(JsonWebToken jwt)
    {
        var claims = jwt.Claims.GroupBy(claim => claim.Type, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(claim => claim.Value).ToArray(), StringComparer.Ordinal);
        var userId = claims.GetValueOrDefault("sub")?[0];
        if (userId is not null)
        {
            // A captured connect event has the user under both names.
            claims[ClaimTypes.NameIdentifier] = [userId];
        }

        return new(
            Names.IsUserId(userId) ? userId : null,
            claims.GetValueOrDefault("role", []),
            claims.GetValueOrDefault("webpubsub.group", []),
            claims);
    }
}
