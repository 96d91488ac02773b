using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>What an erased account is called from then on, whoever has its name later.</summary>
public static class DeletedUser
{
    /// <summary>In place of the username and the display name. No username has a space.</summary>
    public const string Name = "deleted user";

    /// <summary>Hexadecimal digits of the account's id in <see cref="UsernameOf"/>.</summary>
    private const int IdDigits = 12;

    /// <summary>The name under which the other of a private chat finds it. Nobody can register it (<see cref="ReservedNames"/>).</summary>
    public static Username UsernameOf(AccountId id) => Username.Parse(ReservedNames.DeletedPrefix + id.Value[..IdDigits])!;

    /// <summary>What the ids begin with whose <see cref="UsernameOf"/> it is; null for any other name.</summary>
    public static string? IdPrefixOf(Username username) =>
        username.Key.Length == ReservedNames.DeletedPrefix.Length + IdDigits
        && username.Key.StartsWith(ReservedNames.DeletedPrefix, StringComparison.Ordinal)
        && username.Key[^IdDigits..].All(char.IsAsciiHexDigitLower)
            ? username.Key[^IdDigits..]
            : null;
}
