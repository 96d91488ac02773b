using System.Collections.Concurrent;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;

namespace ServerlessChat.Signals;

/// <summary>The conversations in which others are told that somebody comes or goes: one's private chats and small groups.</summary>
internal sealed class PresenceAudience(GroupStore groups, ConversationLog log)
{
    /// <summary>Conversations told at a time, private chats first. Beyond it, others see it when they ask.</summary>
    public const int MaxConversations = 100;

    /// <summary>Heads that are read at a time.</summary>
    private const int MaxParallelReads = 16;

    /// <summary>
    /// One read for each group that this instance has not seen, and for each private chat in which there may be a block. An old head of a group is good enough: how many members it has is not how
    /// many are told.
    /// </summary>
    public async Task<IReadOnlyList<ConversationId>> OfAsync(SocketConversations conversations, CancellationToken cancellationToken)
    {
        ConversationId[] pairs = [.. conversations.Pairs.Take(MaxConversations)];
        var told = new ConcurrentBag<ConversationId>();
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pairs.Concat(conversations.Groups.Take(MaxConversations - pairs.Length)), bounded, async (id, stop) =>
        {
            if (await (id.IsPair ? IsHeardInPairAsync(id, conversations, stop) : IsSmallAsync(id, stop)))
            {
                told.Add(id);
            }
        });
        return [.. told];
    }

    private async Task<bool> IsHeardInPairAsync(ConversationId id, SocketConversations conversations, CancellationToken cancellationToken) =>
        !conversations.AskedPairs.Contains(id) || PairHearing.IsBetween(await log.ReadHeadAsync(id.Partition, cancellationToken));

    private async Task<bool> IsSmallAsync(ConversationId id, CancellationToken cancellationToken) => await FindAsync(id, cancellationToken) is { IsSmall: true };

    /// <summary>A group as this instance last saw it; read when it never did. Null when it is gone.</summary>
    private async Task<Group?> FindAsync(ConversationId id, CancellationToken cancellationToken) =>
        log.KnownHead(id.Partition) is { } head && head.Id == id ? Group.Read(head) : await groups.ReadAsync(id, cancellationToken);
}
