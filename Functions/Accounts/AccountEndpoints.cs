using ServerlessChat.Hosting;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Accounts;

/// <summary>The addresses about the caller's own account and sessions.</summary>
public static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder accounts = routes.MapGroup("/chat").WithTags("accounts");
        accounts.MapPost("/register/", PasswordEndpoints.RegisterAsync)
            .Describe("register", "Register an account", Errors.UsernameTaken);
        accounts.MapPost("/login/", SessionEndpoints.LoginAsync)
            .Describe("login", "Start a session", Errors.InvalidCredentials, Errors.TooManyRequests)
            .WithDescription("Sets the cookies `chat_session` and `chat_refresh` too.");
        accounts.MapPost("/refresh/", SessionEndpoints.RefreshAsync)
            .Describe("refresh", "Exchange a refresh token for a new session", Errors.InvalidRefreshToken, Errors.CrossSite)
            .WithDescription("Each refresh token works once; the reuse of an old one ends all sessions that came of it. Without `refresh_token` it is taken from the cookie `chat_refresh`.");

        RouteGroupBuilder signedIn = accounts.MapGroup("").RequireAuthorization();
        signedIn.MapPost("/logout/", SessionEndpoints.LogoutAsync).Describe("logout", "End the session");
        signedIn.MapPost("/password/", PasswordEndpoints.ChangeAsync)
            .Describe("password", "Change the password and end every other session", Errors.TooManyRequests);
        signedIn.MapGet("/profile/", ProfileEndpoints.GetAsync).Describe("profile", "The caller's profile");
        signedIn.MapPatch("/profile/", ProfileEndpoints.PatchAsync).Describe("change_profile", "Change the caller's profile");
        signedIn.MapGet("/profile/{username}/", ProfileEndpoints.GetOtherAsync).Describe("profile_of", "Anyone's profile", Errors.NotFound);
    }
}
