using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>Whether somebody is a member, asked of the tables alone.</summary>
public sealed class MemberRows(ChatTables tables)
{
    /// <summary>Whether somebody has a member's row in this very group. One operation.</summary>
    public async Task<bool> HasAsync(ConversationId group, AccountId account, CancellationToken cancellationToken) =>
        (await tables.Conversations.GetEntityIfExistsAsync<TableEntity>(
            group.Partition, Keys.Member(group.Log, account), ["PartitionKey", "RowKey"], cancellationToken)).HasValue;
}
