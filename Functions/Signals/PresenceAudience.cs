using System.Collections.Concurrent;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;

namespace ServerlessChat.Signals;

/// <summary>The conversations in which others are told that somebody comes or goes: one's private chats and small groups.</summary>
internal sealed class PresenceAudience(GroupStore groups, ConversationLog log, TimeProvider time)
{
    /// <summary>How long a group is taken for as small, or large, as it was found. All who hear it are told, however many they are.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Conversations told at a time, private chats first. Beyond it, others see it when they ask.</summary>
    public const int MaxConversations = 100;

    /// <summary>Heads that are read at a time.</summary>
    private const int MaxParallelReads = 16;

    private readonly RecentAnswers<object> _small = new(Lifetime, time);

    /// <summary>
    /// One read for each group that this instance has not read for this within a minute, and for each private chat in which there may be a block.
    /// </summary>
    public async Task<IReadOnlyList<ConversationId>> OfAsync(SocketConversations conversations, CancellationToken cancellationToken)
    {
        ConversationId[] pairs = [.. conversations.Pairs.Take(MaxConversations)];
        var told = new ConcurrentBag<ConversationId>();
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pairs.Concat(conversations.Groups.Take(MaxConversations - pairs.Length)), bounded, async (id, stop) =>
        {
            if (await (id.IsPair ? IsHeardInPairAsync(id, conversations, stop) : IsSmallAsync(id)))
            {
                told.Add(id);
            }
        });
        return [.. told];
    }

    private async Task<bool> IsHeardInPairAsync(ConversationId id, SocketConversations conversations, CancellationToken cancellationToken) =>
        !conversations.AskedPairs.Contains(id) || PairHearing.IsBetween(await log.ReadHeadAsync(id.Partition, cancellationToken));

    private async Task<bool> IsSmallAsync(ConversationId id) =>
        await _small.GetAsync(id.Log, async () => await groups.ReadAsync(id, CancellationToken.None) is { IsSmall: true }) is true;
}
