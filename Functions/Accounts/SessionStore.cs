using Azure;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>Sessions after login: refreshing and ending them.</summary>
internal sealed partial class SessionStore(ChatTables tables, SessionIssuer issuer, TimeProvider time, ILogger<SessionStore> logger)
{
    private static readonly string[] OwnerColumns = [AccountRow.Id, AccountRow.Name];

    /// <summary>
    /// Two reads at once, and one write on condition that nobody was faster: each token works once. An old token of a session that still
    /// lives ends that session: someone else has used it.
    /// </summary>
    /// <returns>Null when the token is not good (any more).</returns>
    public async Task<SessionResponse?> RefreshAsync(string? text, CancellationToken cancellationToken)
    {
        if (!RefreshToken.TryParse(text, out RefreshToken? token))
        {
            return null;
        }

        TableEntity?[] rows = await Task.WhenAll(
            FindAsync(token.Partition, Keys.Session(token.SessionId), columns: null, cancellationToken),
            FindAsync(token.Partition, Keys.Account, OwnerColumns, cancellationToken));
        if (rows is not [{ } session, var account] || SessionRow.ExpiryOf(session) <= time.GetUtcNow())
        {
            return null;
        }

        if (!token.Matches(session.GetString(SessionRow.SecretHash)))
        {
            await RevokeAsync(token, cancellationToken);
            return null;
        }

        // The id tells an account from a later one of the same name.
        return account is not null && string.Equals(session.GetString(SessionRow.Owner), AccountRow.OwnerOf(account).Value, StringComparison.Ordinal)
            ? await RotateAsync(session, account, token, cancellationToken)
            : null;
    }

    /// <summary>One delete. A session that has already ended is no error.</summary>
    public Task EndAsync(Caller caller, CancellationToken cancellationToken) =>
        DeleteAsync(Keys.User(caller.Username), caller.SessionId, cancellationToken);

    private async Task<SessionResponse?> RotateAsync(
        TableEntity session, TableEntity account, RefreshToken token, CancellationToken cancellationToken)
    {
        RefreshToken next = RefreshToken.New(token.Partition, token.SessionId);
        TableEntity rotated = SessionRow.Rotated(next, time.GetUtcNow(), issuer.Lifetime);
        try
        {
            await tables.Users.UpdateEntityAsync(rotated, session.ETag, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException ended) when (ended.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
        catch (RequestFailedException changed) when (changed.Status == StatusCodes.Status412PreconditionFailed)
        {
            // Either our own write was repeated because its answer was lost, or the same token was used twice at once.
            TableEntity? now = await FindAsync(token.Partition, Keys.Session(token.SessionId), columns: null, cancellationToken);
            if (!next.Matches(now?.GetString(SessionRow.SecretHash)))
            {
                await RevokeAsync(token, cancellationToken);
                return null;
            }
        }

        return issuer.Issue(new Caller(AccountRow.OwnerOf(account), AccountRow.NameOf(account), token.SessionId), next);
    }

    private async Task<TableEntity?> FindAsync(string partition, string rowKey, string[]? columns, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await tables.Users.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, columns, cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private async Task RevokeAsync(RefreshToken token, CancellationToken cancellationToken)
    {
        await DeleteAsync(token.Partition, token.SessionId, cancellationToken);
        Log.Revoked(logger, token.SessionId);
    }

    /// <summary>That it has ended already is fine.</summary>
    private Task<Response> DeleteAsync(string partition, string sessionId, CancellationToken cancellationToken) =>
        tables.Users.DeleteEntityAsync(partition, Keys.Session(sessionId), ETag.All, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Session {SessionId} ended: an old refresh token of it was used again.")]
        public static partial void Revoked(ILogger logger, string sessionId);
    }
}
