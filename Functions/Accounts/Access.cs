using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>What the partition of one username holds about getting in, as of one query.</summary>
/// <param name="Account">Null when nobody has that name (any more).</param>
/// <param name="Sessions">Rows of <see cref="SessionRow"/>, expired ones among them.</param>
internal sealed record Access(string Partition, TableEntity? Account, AccessFailures Failures, IReadOnlyList<TableEntity> Sessions)
{
    /// <summary>What an erased account left to keep its name; null when there is none.</summary>
    public TableEntity? Tombstone { get; init; }

    public string? PasswordHash => Account?.GetString(AccountRow.PasswordHash);
}
