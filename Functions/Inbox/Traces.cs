using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Blocks;

namespace ServerlessChat.Inbox;

/// <summary>Everything that a person's partition holds.</summary>
/// <param name="Account">Null when there is none, or a tombstone.</param>
/// <param name="Erased">Whose tombstone stands there; null when there is none.</param>
/// <param name="Sessions">When each began, and until when it holds.</param>
/// <param name="LeftGroups">The groups that they were members of; also some that they are members of again.</param>
/// <param name="Blocks">Whom they block.</param>
/// <param name="Blockers">Who blocks them.</param>
/// <param name="Rows">Key and ETag of every row but the account's own and the count of wrong passwords, which belong to the name.</param>
public sealed record Traces(
    AccountProfile? Account,
    AccountId? Erased,
    IReadOnlyList<(DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)> Sessions,
    IReadOnlyList<GroupInboxRow> Groups,
    IReadOnlyList<PrivateInboxRow> PrivateChats,
    IReadOnlyList<LeftGroupRow> LeftGroups,
    IReadOnlyList<BlockRow> Blocks,
    IReadOnlyList<BlockerRow> Blockers,
    IReadOnlyDictionary<string, ETag> Rows);
