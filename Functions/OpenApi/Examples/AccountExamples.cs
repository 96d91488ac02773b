using ServerlessChat.Accounts;

namespace ServerlessChat.OpenApi;

internal static class AccountExamples
{
    private const string Password = "a-kettle-sings-at-noon";
    private const string NewPassword = "two-boats-without-oars";
    private const string Token = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIuLi4ifQ.signature";

    public static readonly ProfileResponse Sara = new("sara", "Sara Ahmadi", "Reads on trains.", "en", Moments.Created);
    public static readonly ProfileResponse SaraInPersian = new("سارا", "سارا احمدی", "در قطار کتاب می‌خوانم.", "fa", Moments.Created);

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new RegisterRequest("sara", Password, Password), new RegisterRequest("سارا", Password, Password)),
        Example.Of(new LoginRequest("sara", Password), new LoginRequest("سارا", Password)),
        Example.Of(new RefreshRequest("refresh-token-of-the-last-session")),
        Example.Of(new PasswordRequest(Password, NewPassword, NewPassword)),
        Example.OfText<ProfileRequest>("""{"display_name":"Sara Ahmadi","bio":"Reads on trains.","language":"en"}""", """{"display_name":"سارا احمدی","language":null}"""),
        Example.Of(new SessionResponse(Token, "Bearer", 3600, "refresh-token-of-this-session", "sara"), new SessionResponse(Token, "Bearer", 3600, "refresh-token-of-this-session", "سارا")),
        Example.Of(Sara, SaraInPersian),
    ];
}
