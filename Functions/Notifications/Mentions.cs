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
internal sealed partial class Mentions(SocketHubs hubs, AccountStore accounts, MemberRows members, ILogger<Mentions> logger)
{
    /// <summary>Tells everyone whom the messages among the entries mention, except their writers.</summary>
    public Task TellAsync(ConversationHead conversation, IReadOnlyList<Entry> entries) => Task.WhenAll(
        from entry in entries
        where entry.Kind is EntryKind.Message
        from name in MentionText.Find(entry.Text)
        select TellAsync(conversation, entry, name));

    private async Task TellAsync(ConversationHead conversation, Entry entry, Username name)
    {
        if (await FindMemberAsync(conversation.Id, name) is not { } member || member == entry.UserId)
        {
            return;
        }

        byte[] frame = JsonSerializer.SerializeToUtf8Bytes(
            Notification.Mention(entry, Groups.Group.Read(conversation).Slug.Text), ChatJson.Readable.Notification);
        await hubs.TryAsync(
            "a mention", call => hubs.Notifications.SendToUserAsync(member.Value, RequestContent.Create(frame), ContentType.ApplicationJson, call));
    }

    private async Task<AccountId?> FindMemberAsync(ConversationId group, Username name)
    {
        try
        {
            return await accounts.FindAsync(name, CancellationToken.None) is { } account && await members.HasAsync(group, account.Id, CancellationToken.None)
                ? account.Id
                : null;
        }
        catch (Exception failure) when (StorageFailure.IsUnavailable(failure))
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
