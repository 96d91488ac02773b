using Microsoft.Extensions.Options;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Hosting;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>Login: one query and one transaction. The answers, the time and the operations do not tell whether a name exists.</summary>
internal sealed class SignIn(
    AccessStore store,
    PasswordCheck check,
    PasswordHashing hashing,
    SessionIssuer issuer,
    AccountTurns turns,
    IOptions<AccountOptions> options,
    TimeProvider time)
{
    /// <param name="username">Null when what was typed can't be anyone's name.</param>
    /// <param name="password">As typed.</param>
    /// <exception cref="ApiProblemException">401 <c>invalid_credentials</c>; 429 while the name has to wait.</exception>
    public async Task<SessionResponse> SignInAsync(Username? username, string password, CancellationToken cancellationToken)
    {
        // What can't be a name or a password is refused for nothing: that says nothing about who exists, and costs no hash and no row.
        if (username is null || !PasswordRules.CanBePassword(password))
        {
            throw Refused();
        }

        using IDisposable turn = await turns.TakeAsync(Keys.User(username), cancellationToken);
        return await SignInAsync(RefreshToken.New(Keys.User(username), Keys.NewId()), password, cancellationToken);
    }

    private static ApiProblemException Refused() => new(ApiProblem.Of(Errors.InvalidCredentials));

    private async Task<SessionResponse> SignInAsync(RefreshToken token, string password, CancellationToken cancellationToken)
    {
        for (int round = 0; round < AccessStore.MaxRounds; round++)
        {
            Access access = await store.ReadAsync(token.Partition, cancellationToken);
            PasswordVerdict verdict = await check.TryAsync(access, password, cancellationToken);
            if (verdict.Wait is { } wait)
            {
                throw new ApiProblemException(ApiProblem.Of(Errors.TooManyRequests, retryAfter: wait));
            }

            if (!verdict.IsRight || access.Account is not { } account)
            {
                throw Refused();
            }

            string? newHash = verdict.Match == PasswordMatch.RightButWeak ? await hashing.HashAsync(password, cancellationToken) : null;
            if (IsStarted(access, token) || await store.TryCommitAsync(Start(access, account, token, newHash), cancellationToken))
            {
                return issuer.Issue(new Caller(AccountRow.OwnerOf(account), AccountRow.NameOf(account), token.SessionId), token);
            }
        }

        throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
    }

    /// <summary>The answer to an earlier round's transaction was lost, but not the transaction.</summary>
    private static bool IsStarted(Access access, RefreshToken token) =>
        access.Sessions.Any(row => string.Equals(row.RowKey, Keys.Session(token.SessionId), StringComparison.Ordinal));

    /// <summary>
    /// The session begins, the failures end, the oldest sessions make room; all of it only if the account (its password!) and
    /// the failures are still as they were read.
    /// </summary>
    private List<TableTransactionAction> Start(Access access, TableEntity account, RefreshToken token, string? newHash)
    {
        DateTimeOffset now = time.GetUtcNow();
        TableEntity session = SessionRow.New(token, AccountRow.OwnerOf(account), now, issuer.Lifetime);
        List<TableTransactionAction> actions = [AccountRow.Guard(account, newHash), new(TableTransactionActionType.Add, session)];
        if (access.Failures.ETag is { } failures)
        {
            actions.Add(AccountRow.Delete(new TableEntity(access.Partition, Keys.AccessFailures), failures));
        }

        actions.AddRange(Surplus(access.Sessions, now).Select(row => AccountRow.Delete(row, row.ETag)));
        return actions;
    }

    /// <summary>The expired sessions, and of the others those that were refreshed longest ago, so that one more has room.</summary>
    private IEnumerable<TableEntity> Surplus(IReadOnlyList<TableEntity> sessions, DateTimeOffset now)
    {
        int living = sessions.Count(row => SessionRow.ExpiryOf(row) > now);
        int surplus = sessions.Count - living + Math.Max(0, living + 1 - options.Value.MaxSessions);
        return sessions.OrderBy(SessionRow.ExpiryOf).Take(surplus);
    }
}
