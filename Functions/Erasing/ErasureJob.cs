using Azure;
using ServerlessChat.Accounts;

namespace ServerlessChat.Erasing;

/// <summary>An account that is erased, or about to be.</summary>
/// <param name="Partition">Of its name: where its rows stand. The name itself is not kept.</param>
/// <param name="AddedAt">A moment before it was erased.</param>
/// <param name="IsEmptied">Whether nothing of it is left but the tombstone.</param>
public sealed record ErasureJob(AccountId Account, string Partition, DateTimeOffset AddedAt, bool IsEmptied, ETag ETag);
