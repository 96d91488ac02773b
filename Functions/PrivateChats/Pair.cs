using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Tables;

namespace ServerlessChat.PrivateChats;

/// <summary>The two of a private chat as its head names them; the same person twice for notes to self.</summary>
/// <remarks>
/// The head keeps both usernames and display names, so that a dashboard needs one read per chat. A display name is as of the last
/// message that was sent to that person by HTTP (the sender reads the account then anyway); the chat's page has it fresh.
/// </remarks>
public static class Pair
{
    /// <summary>What the head says about one of the two; null leaves the display name as it is.</summary>
    public static void Describe(IDictionary<string, object?> values, ConversationId pair, AccountId id, Username username, string? displayName)
    {
        string side = SideOf(pair, id);
        values[side + "Id"] = id.Value;
        values[side + "User"] = username.Text;
        if (displayName is not null)
        {
            values[side + "DisplayName"] = displayName;
        }
    }

    /// <summary>The other's display name; their username as long as the head does not know it.</summary>
    public static string DisplayName(ConversationHead head, AccountId id, Username username)
    {
        TableEntity row = head.Row;
        return row.GetString(SideOf(head.Id, id) + "DisplayName") ?? username.Text;
    }

    /// <summary>Low or high, by the order of the ids in the partition key.</summary>
    private static string SideOf(ConversationId pair, AccountId id) =>
        pair.Partition.AsSpan(2).StartsWith(id.Value, StringComparison.Ordinal) ? "Low" : "High";
}
