using System.Text.Json;
using Azure.Core;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Sockets;

namespace ServerlessChat.Notifications;

/// <summary>Tells the members of a group that a message names them. Never fails; what is lost, the message still says.</summary>
/// <remarks>A message without an at sign costs nothing. A name costs two reads (the account, the member's row) and, when it is a member's, one call.</remarks>
internal sealed partial class Mentions(SocketHubs hubs, AccountStore accounts, MemberRows members, TimeProvider time, ILogger<Mentions> logger)
{
    /// <summary>How long names are looked for. What comes after them in the conversation waits as long, so it is about what a call to Web PubSub may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Names that are looked for at a time.</summary>
    private const int AtATime = 16;

    /// <summary>Tells everyone whom the messages among the entries mention, except their writers.</summary>
    public async Task TellAsync(ConversationHead conversation, IReadOnlyList<Entry> entries)
    {
        (Entry Entry, Username Name)[] mentions =
        [
            .. from entry in entries
               where entry.Kind is EntryKind.Message
               from name in MentionText.Find(entry.Text)
               select (entry, name),
        ];
        if (mentions.Length > 0)
        {
            using var limit = new CancellationTokenSource(Patience, time);
            var bounded = new ParallelOptions { MaxDegreeOfParallelism = AtATime };
            await Parallel.ForEachAsync(mentions, bounded, async (mention, _) => await TellAsync(conversation, mention.Entry, mention.Name, limit.Token));
        }
    }

    private async Task TellAsync(ConversationHead conversation, Entry entry, Username name, CancellationToken cancellationToken)
    {
        if (await FindMemberAsync(conversation.Id, name, cancellationToken) is not { } member || member == entry.UserId)
        {
            return;
        }

        byte[] frame = JsonSerializer.SerializeToUtf8Bytes(
            Notification.Mention(entry, Groups.Group.Read(conversation).Slug.Text), ChatJson.Readable.Notification);
        await hubs.TryAsync(
            "a mention", call => hubs.Notifications.SendToUserAsync(member.Value, RequestContent.Create(frame), ContentType.ApplicationJson, call));
    }

    private async Task<AccountId?> FindMemberAsync(ConversationId group, Username name, CancellationToken cancellationToken)
    {
        try
        {
            return await accounts.FindAsync(name, cancellationToken) is { } account && await members.HasAsync(group, account.Id, cancellationToken)
                ? account.Id
                : null;
        }
        catch (Exception failure) when (StorageFailure.IsUnavailable(failure) || cancellationToken.IsCancellationRequested)
        {
            Log.NotFound(logger, failure);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A mention was not told of: storage does not answer.")]
        public static partial void NotFound(ILogger logger, Exception exception);
    }
}
