using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>
/// A refresh token: <c>(user's partition).(session id).(secret)</c>, so that its row is found with one read. The secret is 256 random
/// bits as base64url; only its SHA-256 is stored (a random secret needs no slow hash).
/// </summary>
internal sealed class RefreshToken
{
    private const int IdLength = 32;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> SecretCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _secret;

    private RefreshToken(string partition, string sessionId, string secret)
    {
        Partition = partition;
        SessionId = sessionId;
        _secret = secret;
    }

    public string Partition { get; }

    public string SessionId { get; }

    /// <summary>What is stored: 64 hexadecimal digits.</summary>
    public string SecretHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_secret)));

    public static RefreshToken New(string partition, string sessionId) =>
        new(partition, sessionId, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>False for anything that this class did not write.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RefreshToken? token)
    {
        token = null;
        if (text is null || text.Length != (2 * (IdLength + 1)) + SecretLength || text[IdLength] != '.' || text[(2 * IdLength) + 1] != '.')
        {
            return false;
        }

        string partition = text[..IdLength];
        string sessionId = text[(IdLength + 1)..((2 * IdLength) + 1)];
        string secret = text[^SecretLength..];
        if (partition.AsSpan().ContainsAnyExcept(HexDigits)
            || sessionId.AsSpan().ContainsAnyExcept(HexDigits)
            || secret.AsSpan().ContainsAnyExcept(SecretCharacters))
        {
            return false;
        }

        token = new RefreshToken(partition, sessionId, secret);
        return true;
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? secretHash) =>
        secretHash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(secretHash));

    /// <summary>The token as its owner gets it. Not <c>ToString</c>, so that no log can hold it by accident.</summary>
    public string Reveal() => $"{Partition}.{SessionId}.{_secret}";
}
