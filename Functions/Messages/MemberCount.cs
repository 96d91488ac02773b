using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>How many members a group's head says it has: kept by every transaction that adds or removes a member's row, so that nobody has to count them.</summary>
internal static class MemberCount
{
    public const string Column = "Members";

    /// <summary>Null: not known, because the conversation is a pair, or a group made before there was a count.</summary>
    public static long? Read(TableEntity head) => head.GetInt64(Column);

    /// <summary>Lets the head's part of a transaction follow one of its rows.</summary>
    /// <param name="patch">The head's part.</param>
    /// <param name="head">The head that it is conditional on; null: it creates one, and has no members to count.</param>
    public static void Follow(TableEntity patch, ConversationHead? head, TableTransactionAction action)
    {
        int change = action.ActionType switch
        {
            TableTransactionActionType.Add => 1,
            TableTransactionActionType.Delete => -1,
            _ => 0,
        };
        if (change != 0 && head is not null
            && action.Entity.RowKey.StartsWith(Keys.MemberPrefix(head.Id.Log), StringComparison.Ordinal)
            && (Read(patch) ?? Read(head.Row)) is { } before)
        {
            patch[Column] = before + change;
        }
    }
}
