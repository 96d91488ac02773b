using System.Security.Cryptography;

namespace Emulator.Tokens;

/// <summary>Tokens that let a reliable client take its connection up again: bound to the connection id, valid for a week.</summary>
internal sealed class ReconnectionTokens(AccessKeys keys)
{
    private const string Issuer = "https://webpubsub.azure.com";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public string Create(string connectionId) => keys.Sign(
        connectionId,
        Lifetime,
        new Dictionary<string, object>(StringComparer.Ordinal) { ["iss"] = Issuer, ["jti"] = RandomNumberGenerator.GetHexString(32) });

    public async Task<bool> IsValidAsync(string? token, string connectionId) =>
        !string.IsNullOrEmpty(token)
        && await keys.ValidateAsync(token) is { Issuer: Issuer } jwt
        && jwt.Audiences.Contains(connectionId, StringComparer.Ordinal);
}
