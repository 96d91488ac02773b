using ServerlessChat.Messages;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Messages;

/// <summary>What the tests of the log say in short.</summary>
internal static class LogExtensions
{
    /// <summary>Appends by a decision made at a version, on the head that the instance knows, else reads.</summary>
    public static async Task<WriteResult> AppendAsync(
        this ConversationLog log, ConversationId id, NewMessage message, long version, TableEntity? join, CancellationToken cancellationToken) =>
        await log.AppendAsync(await log.DecideAsync(id, version, cancellationToken), message, join, follow: null, cancellationToken);

    /// <summary>Changes by a decision made at a version, on the head that the instance knows, else reads.</summary>
    public static async Task<WriteResult> ChangeAsync(
        this ConversationLog log, ConversationId id, long version, ConversationChange change, CancellationToken cancellationToken) =>
        await log.ChangeAsync(await log.DecideAsync(id, version, cancellationToken), change, cancellationToken);

    /// <summary>The newest entries, oldest first.</summary>
    public static async Task<IReadOnlyList<Entry>> ReadNewestAsync(this ConversationLog log, ConversationId id, int limit, CancellationToken cancellationToken)
    {
        ConversationHead head = (await log.ReadHeadAsync(id.Partition, cancellationToken))!;
        return await log.ReadAsync(id, Math.Max(1, head.LastId - limit + 1), head.LastId, cancellationToken);
    }

    private static async Task<ConversationHead> DecideAsync(this ConversationLog log, ConversationId id, long version, CancellationToken cancellationToken) =>
        (log.KnownHead(id.Partition) ?? await log.ReadHeadAsync(id.Partition, cancellationToken))! with { Id = id, Version = version };
}
