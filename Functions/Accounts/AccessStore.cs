using Azure;
using Microsoft.Extensions.Options;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>Reads and writes <see cref="Access"/>. Sorting lets failures, sessions and account be one key range.</summary>
internal sealed class AccessStore(ChatTables tables, IOptions<AccountOptions> options, TimeProvider time)
{
    /// <summary>Writers of one row from many instances: each round has one winner, so this many must have won before one gives up.</summary>
    public const int MaxRounds = 12;

    private static readonly string[] Columns =
    [
        "PartitionKey", "RowKey", "Timestamp",
        AccountRow.Id, AccountRow.Name, AccountRow.PasswordHash, AccountRow.ErasedAt, AccountRow.ErasureId,
        SessionRow.ExpiresAt,
        "Failures", "LastAt", "LockedUntil",
    ];

    /// <summary>One query.</summary>
    public async Task<Access> ReadAsync(string partition, CancellationToken cancellationToken)
    {
        TableEntity? account = null;
        AccessFailures failures = AccessFailures.None;
        List<TableEntity> sessions = [];
        string range = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.AccessFailures} and RowKey le {Keys.Account}");
        await foreach (TableEntity row in tables.Users.QueryAsync<TableEntity>(range, maxPerPage: null, Columns, cancellationToken))
        {
            switch (row.RowKey)
            {
                case Keys.Account:
                    account = row;
                    break;
                case Keys.AccessFailures:
                    failures = AccessFailures.Of(row);
                    break;
                default:
                    sessions.Add(row);
                    break;
            }
        }

        return account is not null && AccountRow.IsErased(account)
            ? new Access(partition, Account: null, failures, sessions) { Tombstone = account }
            : new Access(partition, account, failures, sessions);
    }

    /// <summary>One write, and a read and a write more for every other instance that counted a failure meanwhile.</summary>
    /// <remarks>Takes no token: a guess counts even when its sender has hung up.</remarks>
    /// <returns>The failures with this one.</returns>
    public async Task<AccessFailures> CountFailureAsync(Access access)
    {
        AccessFailures before = access.Failures;
        for (int round = 0; round < MaxRounds; round++)
        {
            AccessFailures after = before.Next(time.GetUtcNow(), options.Value);
            if (await TryWriteAsync(after.Row(access.Partition), before.ETag))
            {
                return after;
            }

            NullableResponse<TableEntity> row = await tables.Users.GetEntityIfExistsAsync<TableEntity>(
                access.Partition, Keys.AccessFailures, select: null, CancellationToken.None);
            before = row.HasValue ? AccessFailures.Of(row.Value!) : AccessFailures.None;
        }

        throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
    }

    /// <summary>One transaction. False when a row of it has changed since it was read, or is gone: then read again and decide anew.</summary>
    public async Task<bool> TryCommitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Users.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException conflict) when (IsConflict(conflict))
        {
            return false;
        }
    }

    private async Task<bool> TryWriteAsync(TableEntity row, ETag? before)
    {
        try
        {
            await (before is { } etag
                ? tables.Users.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, CancellationToken.None)
                : tables.Users.AddEntityAsync(row, CancellationToken.None));
            return true;
        }
        catch (RequestFailedException conflict) when (IsConflict(conflict))
        {
            return false;
        }
    }

    private static bool IsConflict(RequestFailedException failure) =>
        failure.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed;
}
