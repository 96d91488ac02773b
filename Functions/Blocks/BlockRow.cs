using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Blocks;

/// <summary>Somebody whom a person blocks, in that person's partition: an index of what the pair's head says (<see cref="Messages.Blockers"/>).</summary>
/// <param name="Other">As typed at registration; of somebody erased since <see cref="DeletedUser.UsernameOf"/>.</param>
/// <param name="DisplayName">As it was when they were blocked.</param>
/// <param name="Doubt">Set while the block is being made or lifted: the head knows. Null: it stands.</param>
/// <param name="ETag">For conditional writes.</param>
public sealed record BlockRow(string RowKey, AccountId OtherId, Username Other, string DisplayName, DateTimeOffset At, Doubt? Doubt, ETag ETag)
{
    /// <summary>Where <see cref="At"/> stands.</summary>
    public const string BlockedAt = "BlockedAt";

    public static BlockRow Read(TableEntity row) => new(
        row.RowKey,
        new AccountId(row.GetString("OtherId")!),
        Username.Parse(row.GetString("Other"))!,
        row.GetString(AccountRow.DisplayName)!,
        row.GetDateTimeOffset(BlockedAt)!.Value,
        Doubt.Read(row),
        row.ETag);
}

/// <summary>Somebody who blocks a person, in that person's partition: it leads an erasure to the names in <see cref="BlockRow"/>. It proves nothing: the block may be lifted, or never have come about.</summary>
/// <param name="Partition">The blocker's partition in <c>users</c>.</param>
/// <param name="Doubt">Never settled: it says until when a block may be on its way.</param>
public sealed record BlockerRow(string RowKey, string Partition, Doubt? Doubt)
{
    /// <summary>Where <see cref="Partition"/> stands.</summary>
    public const string OtherPartition = "OtherPartition";

    public static BlockerRow Read(TableEntity row) => new(row.RowKey, row.GetString(OtherPartition)!, Doubt.Read(row));
}
