using System.Security.Cryptography;
using System.Text;

namespace ServerlessChat.WebPubSub.Events;

/// <summary>Tells calls of the service from calls of others by <c>ce-signature</c>: HMAC-SHA256 of the connection's id, once with each of the service's keys.</summary>
/// <remarks>
/// The same keys sign client tokens in the same way, and clients see those: header and payload of a token, with its signature written as ours, would be a connection's id that
/// is signed. A token has a dot there, and the id of a connection has none (letters, digits, dash, underscore), so what has a dot is believed from nobody.
/// </remarks>
/// <param name="accessKeys">One is enough, whichever it is; two while keys are being rotated.</param>
internal sealed class EventSignature(IEnumerable<string> accessKeys)
{
    private const string Prefix = "sha256=";

    private readonly byte[][] _keys = [.. accessKeys.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether one of the signatures is by one of the keys. Takes the same time for every wrong signature.</summary>
    public bool IsValid(string? connectionId, string? signatures)
    {
        if (string.IsNullOrEmpty(connectionId) || connectionId.Contains('.', StringComparison.Ordinal) || string.IsNullOrEmpty(signatures))
        {
            return false;
        }

        byte[] message = Encoding.UTF8.GetBytes(connectionId);
        byte[][] expected = [.. _keys.Select(key => HMACSHA256.HashData(key, message))];
        bool isValid = false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (string part in signatures.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TryRead(part, given))
            {
                foreach (byte[] signature in expected)
                {
                    isValid |= CryptographicOperations.FixedTimeEquals(signature, given);
                }
            }
        }

        return isValid;
    }

    private static bool TryRead(string part, Span<byte> signature) =>
        part.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && part.Length == Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)
        && Convert.FromHexString(part.AsSpan(Prefix.Length), signature, out _, out _) == System.Buffers.OperationStatus.Done;
}
