using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Hosting;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>Register and change of password: where a new password is set.</summary>
internal static class PasswordEndpoints
{
    public static async Task<Results<Created<ProfileResponse>, ApiProblem>> RegisterAsync(
        Body<RegisterRequest> body, Registration registration, CancellationToken cancellationToken)
    {
        (string? name, string? password1, string? password2) = body.Value;
        Username? username = Username.Parse(name);
        Dictionary<string, string[]> errors = PasswordRules.Explain(password1, password2, username?.Key);
        if (username is null)
        {
            errors["username"] = [.. Username.Explain(name)];
        }
        else if (ReservedNames.Explain(username) is { } reserved)
        {
            errors["username"] = [reserved];
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Fields(errors);
        }

        return await registration.RegisterAsync(username!, password1!, cancellationToken) is { } profile
            ? TypedResults.Created("/chat/profile/", ProfileResponse.Of(profile))
            : ApiProblem.Of(Errors.UsernameTaken);
    }

    public static async Task<Results<NoContent, ApiProblem>> ChangeAsync(
        Body<PasswordRequest> body, Caller caller, PasswordChange change, CancellationToken cancellationToken)
    {
        (string? password, string? password1, string? password2) = body.Value;
        Dictionary<string, string[]> errors = PasswordRules.Explain(password1, password2, caller.Username.Key);
        if (string.IsNullOrEmpty(password))
        {
            errors["password"] = ["This field is required."];
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Fields(errors);
        }

        await change.ChangeAsync(caller, password!, password1!, cancellationToken);
        return TypedResults.NoContent();
    }
}
