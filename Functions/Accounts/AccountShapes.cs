using System.Text.Json;

namespace ServerlessChat.Accounts;

public sealed record RegisterRequest(string? Username, string? Password1, string? Password2);

public sealed record LoginRequest(string? Username, string? Password);

public sealed record RefreshRequest(string? RefreshToken);

/// <param name="Password">The present one.</param>
public sealed record PasswordRequest(string? Password, string? Password1, string? Password2);

/// <param name="Password">The present one.</param>
public sealed record EraseRequest(string? Password);

/// <summary>A change of the profile: an absent field (undefined) stays, null takes the default again.</summary>
public sealed record ProfileRequest(JsonElement DisplayName, JsonElement Bio, JsonElement Language);

/// <param name="ExpiresIn">Seconds that the token holds.</param>
/// <param name="Username">As typed at registration, which may differ from what was typed at login.</param>
public sealed record SessionResponse(string Token, string TokenType, long ExpiresIn, string RefreshToken, string Username);

/// <param name="Language">Null when none was chosen.</param>
public sealed record ProfileResponse(string Username, string DisplayName, string Bio, string? Language, DateTimeOffset CreatedAt)
{
    public static ProfileResponse Of(AccountProfile profile) =>
        new(profile.Username.Text, profile.DisplayName, profile.Bio, profile.Language, profile.CreatedAt);
}
