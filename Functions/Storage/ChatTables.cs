using ServerlessChat.Tables;

namespace ServerlessChat.Storage;

/// <summary>The app's tables. None is created at start: a table that is missing is created by the first request that needs it.</summary>
public sealed class ChatTables(TableServiceClient service)
{
    /// <summary>Accounts: the account, its sessions, its inbox. Partition: the username's hash.</summary>
    public TableClient Users { get; } = service.GetTableClient("users");

    /// <summary>Conversations: head, members and log. Partition: a group's slug or a pair of people.</summary>
    public TableClient Conversations { get; } = service.GetTableClient("conversations");

    /// <summary>Public groups by name. Partition: one of a few shards.</summary>
    public TableClient Directory { get; } = service.GetTableClient("directory");

    /// <summary>What <c>sweep</c> still has to remove. One partition.</summary>
    public TableClient Sweep { get; } = service.GetTableClient("sweep");
}
