using ServerlessChat.Accounts;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;

namespace ServerlessChat.PrivateChats;

/// <summary>Finds the private chats that somebody may read: with whoever has a name, and what is left of those with erased people.</summary>
public sealed class ReadableChats(AccountStore accounts, InboxStore inbox, ConversationLog log)
{
    /// <summary>The chat that a name leads to; null when it leads to none. Two operations.</summary>
    /// <param name="target">Somebody's username; or <see cref="DeletedUser.UsernameOf"/> of somebody erased with whom the caller has a chat.</param>
    public async Task<ReadableChat?> FindAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (Username.Parse(target) is not { } username)
        {
            return null;
        }

        if (DeletedUser.IdPrefixOf(username) is { } idPrefix)
        {
            return await FindErasedAsync(caller, idPrefix, cancellationToken);
        }

        return await accounts.FindAsync(username, cancellationToken) is { } other
            ? new ReadableChat(other.Id, new PersonResponse(other.Username.Text, other.DisplayName), await ReadHeadAsync(caller, other.Id, cancellationToken))
            : null;
    }

    /// <summary>Nobody is found by the digits of their id as long as they are there.</summary>
    private async Task<ReadableChat?> FindErasedAsync(Caller caller, string idPrefix, CancellationToken cancellationToken) =>
        await inbox.FindOtherAsync(caller.Username, idPrefix, cancellationToken) is { } other
        && await ReadHeadAsync(caller, other, cancellationToken) is { LastId: > 0 } head && head.Erased.Has(other)
            ? new ReadableChat(other, Pair.Erased(other), head)
            : null;

    private Task<ConversationHead?> ReadHeadAsync(Caller caller, AccountId other, CancellationToken cancellationToken) =>
        log.ReadHeadAsync(ConversationId.Of(caller.Id, other).Partition, cancellationToken);
}

/// <param name="Other">As the caller sees them.</param>
/// <param name="Head">Null, or without messages, when nothing was written yet.</param>
public sealed record ReadableChat(AccountId OtherId, PersonResponse Other, ConversationHead? Head);
