using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>A new account.</summary>
/// <param name="Username">1–64 letters and digits of any script and <c>@ . + - _</c>, not dots alone.</param>
/// <param name="Password1">8–128 characters, not like the username, not digits alone, not a common password.</param>
/// <param name="Password2">The same again.</param>
public sealed record RegisterRequest(
    [property: Required, StringLength(NameText.MaxLength, MinimumLength = 1)] string? Username,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string? Password1,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string? Password2);

/// <summary>Who wants a session.</summary>
public sealed record LoginRequest([property: Required] string? Username, [property: Required] string? Password);

/// <summary>A refresh token; a browser has it in a cookie and sends no body.</summary>
/// <param name="RefreshToken">Of the session before. It works once.</param>
public sealed record RefreshRequest(string? RefreshToken);

/// <summary>A new password.</summary>
/// <param name="Password">The present one.</param>
/// <param name="Password1">8–128 characters, not like the username, not digits alone, not a common password.</param>
/// <param name="Password2">The same again.</param>
public sealed record PasswordRequest(
    [property: Required] string? Password,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string? Password1,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string? Password2);

/// <summary>A change of the profile: an absent field (undefined) stays, null takes the default again.</summary>
/// <param name="DisplayName">1–64 characters with at least one that can be seen; empty or null for the username.</param>
/// <param name="Bio">At most 500 characters, may hold line feeds.</param>
/// <param name="Language">A language tag such as <c>fa</c> or <c>pt-BR</c>; empty or null for none.</param>
public sealed record ProfileRequest(
    [property: StringLength(ProfileRules.MaxDisplayName)] JsonElement DisplayName,
    [property: StringLength(ProfileRules.MaxBio)] JsonElement Bio,
    [property: StringLength(ProfileRules.MaxLanguage)] JsonElement Language);

/// <summary>A session. It is also set as cookies.</summary>
/// <param name="Token">For <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds that the token holds.</param>
/// <param name="RefreshToken">For <c>/chat/refresh/</c>, once.</param>
/// <param name="Username">As typed at registration, which may differ from what was typed at login.</param>
public sealed record SessionResponse(string Token, [property: AllowedValues("Bearer")] string TokenType, long ExpiresIn, string RefreshToken, string Username);

/// <summary>An account as anyone signed in may see it.</summary>
/// <param name="Username">As typed at registration.</param>
/// <param name="DisplayName">The username unless its owner chose another.</param>
/// <param name="Bio">May be empty.</param>
/// <param name="Language">A language tag; null when none was chosen.</param>
/// <param name="CreatedAt">When it was registered.</param>
public sealed record ProfileResponse(string Username, string DisplayName, string Bio, string? Language, DateTimeOffset CreatedAt)
{
    public static ProfileResponse Of(AccountProfile profile) =>
        new(profile.Username.Text, profile.DisplayName, profile.Bio, profile.Language, profile.CreatedAt);
}
