using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>What the partition of one username holds about getting in, as of one query.</summary>
/// <param name="Account">Null when nobody has that name.</param>
/// <param name="Sessions">Rows of <see cref="SessionRow"/>, expired ones among them.</param>
internal sealed record Access(string Partition, TableEntity? Account, AccessFailures Failures, IReadOnlyList<TableEntity> Sessions)
{
    public string? PasswordHash => Account?.GetString(AccountRow.PasswordHash);
}
