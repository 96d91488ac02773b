namespace ServerlessChat.Accounts;

/// <summary>The addresses about the caller's own account and sessions.</summary>
public static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder accounts = routes.MapGroup("/chat").WithTags("accounts");
        accounts.MapPost("/register/", PasswordEndpoints.RegisterAsync).WithName("register").WithSummary("Register an account");
        accounts.MapPost("/login/", SessionEndpoints.LoginAsync).WithName("login").WithSummary("Start a session");
        accounts.MapPost("/refresh/", SessionEndpoints.RefreshAsync).WithName("refresh").WithSummary("Exchange a refresh token for a new session");

        RouteGroupBuilder signedIn = accounts.MapGroup("").RequireAuthorization();
        signedIn.MapPost("/logout/", SessionEndpoints.LogoutAsync).WithName("logout").WithSummary("End the session");
        signedIn.MapPost("/password/", PasswordEndpoints.ChangeAsync).WithName("password").WithSummary("Change the password and end every other session");
        signedIn.MapGet("/profile/", ProfileEndpoints.GetAsync).WithName("profile").WithSummary("The caller's profile");
        signedIn.MapPatch("/profile/", ProfileEndpoints.PatchAsync).WithName("profile_change").WithSummary("Change the caller's profile");
        signedIn.MapGet("/profile/{username}/", ProfileEndpoints.GetOtherAsync).WithName("profile_other").WithSummary("Another's profile");
    }
}
