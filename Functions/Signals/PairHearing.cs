using ServerlessChat.Messages;

namespace ServerlessChat.Signals;

/// <summary>Whether the two of a pair are told when the other types, comes or goes.</summary>
internal static class PairHearing
{
    /// <summary>Not before they have a conversation, nor once one of them is erased, nor while one blocks the other.</summary>
    /// <param name="pair">As it stands, not as it is remembered: the block may have been made or lifted by another instance. Null: there is none.</param>
    public static bool IsBetween(ConversationHead? pair) => pair is { LastId: > 0, Erased.IsEmpty: true, IsBlocked: false };
}
