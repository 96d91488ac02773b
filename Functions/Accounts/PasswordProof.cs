using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Hosting;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>Asks who is signed in for the present password: before what a stolen token must not be enough for.</summary>
internal sealed class PasswordProof(PasswordCheck check)
{
    /// <exception cref="ApiProblemException">401: the account is gone, also when somebody else has its name now.</exception>
    public static TableEntity AccountOf(Access access, Caller caller) => access.Account is { } account && AccountRow.OwnerOf(account) == caller.Id
        ? account
        : throw new ApiProblemException(ApiProblem.Of(Errors.NotSignedIn));

    /// <summary>Not 401: the caller is signed in, and a client would take that for an expired token.</summary>
    public static ApiProblemException Wrong() => new(ApiProblem.Field("password", "The password is wrong."));

    /// <summary>A wrong password counts as a failed login does.</summary>
    /// <exception cref="ApiProblemException">400 about <c>password</c>; 429 while the name has to wait.</exception>
    public async Task RequireAsync(Access access, string password, CancellationToken cancellationToken)
    {
        PasswordVerdict verdict = await check.TryAsync(access, password, cancellationToken);
        if (verdict.Wait is { } wait)
        {
            throw new ApiProblemException(ApiProblem.Of(Errors.TooManyRequests, retryAfter: wait));
        }

        if (!verdict.IsRight)
        {
            throw Wrong();
        }
    }
}
