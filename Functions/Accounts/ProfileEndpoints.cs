using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Hosting;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>The caller's profile and everybody else's. A token of an account that was erased gets 401 here.</summary>
internal static class ProfileEndpoints
{
    public static async Task<Results<Ok<ProfileResponse>, ApiProblem>> GetAsync(Caller caller, AccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.FindAsync(caller, cancellationToken) is { } profile
            ? TypedResults.Ok(ProfileResponse.Of(profile))
            : ApiProblem.Of(Errors.NotSignedIn);

    public static async Task<Results<Ok<ProfileResponse>, ApiProblem>> PatchAsync(
        Body<ProfileRequest> body, Caller caller, AccountStore accounts, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(caller, cancellationToken) is not { } profile)
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        (AccountProfile changed, Dictionary<string, string[]> errors) = ProfileRules.Apply(profile, body.Value);
        if (errors.Count > 0)
        {
            return ApiProblem.Fields(errors);
        }

        return await accounts.TryUpdateAsync(profile, changed, cancellationToken)
            ? TypedResults.Ok(ProfileResponse.Of(changed))
            : ApiProblem.Of(Errors.NotSignedIn);
    }

    public static async Task<Results<Ok<ProfileResponse>, ApiProblem>> GetOtherAsync(
        string username, AccountStore accounts, CancellationToken cancellationToken) =>
        Username.Parse(username) is { } name && await accounts.FindAsync(name, cancellationToken) is { } profile
            ? TypedResults.Ok(ProfileResponse.Of(profile))
            : ApiProblem.Of(Errors.NotFound);
}
