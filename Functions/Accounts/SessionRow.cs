using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>
/// A row <c>access-session-(id)</c> of <c>users</c>: one login on one device, and the family of all refresh tokens that came
/// from it. It holds the hash of the newest; any older one is unknown to it, and so betrays its reuse.
/// </summary>
internal static class SessionRow
{
    public const string Owner = "AccountId";
    public const string SecretHash = "SecretHash";
    public const string CreatedAt = "CreatedAt";
    public const string ExpiresAt = "ExpiresAt";

    public static TableEntity New(RefreshToken token, AccountId owner, DateTimeOffset now, TimeSpan lifetime)
    {
        TableEntity row = Rotated(token, now, lifetime);
        row[Owner] = owner.Value;
        row[CreatedAt] = now;
        return row;
    }

    /// <summary>To be merged: the next token of the family, and its life from now.</summary>
    public static TableEntity Rotated(RefreshToken next, DateTimeOffset now, TimeSpan lifetime) => new(next.Partition, Keys.Session(next.SessionId))
    {
        [SecretHash] = next.SecretHash,
        [ExpiresAt] = now + lifetime,
    };

    public static DateTimeOffset ExpiryOf(TableEntity row) => row.GetDateTimeOffset(ExpiresAt) ?? DateTimeOffset.MinValue;
}
