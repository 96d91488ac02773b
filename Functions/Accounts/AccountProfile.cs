using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>An account as others may know it.</summary>
/// <param name="DisplayName">1–64 characters; the username unless its owner chose another.</param>
/// <param name="Bio">0–500 characters, may hold line feeds.</param>
/// <param name="Language">A language tag such as <c>fa</c>; null when none was chosen.</param>
public sealed record AccountProfile(AccountId Id, Username Username, string DisplayName, string Bio, string? Language, DateTimeOffset CreatedAt);
