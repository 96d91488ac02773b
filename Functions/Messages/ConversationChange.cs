using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>What one transaction does to a conversation beside its log.</summary>
public sealed record ConversationChange
{
    /// <summary>Merged into the head.</summary>
    public IReadOnlyDictionary<string, object?> HeadValues { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Rows of the same partition, at most 99.</summary>
    public IReadOnlyList<TableTransactionAction> Rows { get; init; } = [];

    /// <summary>Whether decisions made before are void: a type, a role, a removal. A join voids none.</summary>
    public bool RaisesVersion { get; init; } = true;

    /// <summary>Whether it is void once anything was written since it was decided on, be it a message or a join.</summary>
    public bool IfUnchanged { get; init; }

    /// <summary>The conversation ends: its head is deleted, and with it everything is unreachable.</summary>
    public bool EndsConversation { get; init; }

    /// <summary>What <see cref="PendingWrite.Follow"/> says; null for nothing.</summary>
    public Func<Task>? Follow { get; init; }
}
