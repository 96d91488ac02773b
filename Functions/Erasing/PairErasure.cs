using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.PrivateChats;
using ServerlessChat.Storage;

namespace ServerlessChat.Erasing;

/// <summary>Takes an erased person out of a private chat: the other keeps what was said, and nobody writes to it any more. What nobody is left to read is removed.</summary>
public sealed class PairErasure(ChatTables tables, InboxStore inbox, ConversationLog log, RewritingStore rewritings, TimeProvider time)
{
    /// <returns>Whether nothing is left to do: the row that led here can go. False while the chat's first message may yet come.</returns>
    public async Task<bool> EraseAsync(AccountId person, PrivateInboxRow row, CancellationToken cancellationToken)
    {
        var pair = ConversationId.Of(person, row.OtherId);
        for (int decisions = 0; decisions < Decision.MaxDecisions; decisions++)
        {
            ConversationHead? head = await log.ReadHeadAsync(pair.Partition, cancellationToken);
            bool? isDone = head is { LastId: > 0 }
                ? await TryCloseAsync(person, row, head, cancellationToken)
                : await TryForestallAsync(person, row, pair, head, cancellationToken);
            if (isDone is { } done)
            {
                return done;
            }
        }

        throw PendingWrite.Unavailable();
    }

    /// <returns>Null: the chat changed meanwhile.</returns>
    private async Task<bool?> TryCloseAsync(AccountId person, PrivateInboxRow row, ConversationHead head, CancellationToken cancellationToken)
    {
        if (row.OtherId == person || head.Erased.Has(row.OtherId))
        {
            return await TryRemoveAsync(head, cancellationToken);
        }

        long through = head.LastId;
        if (!head.Erased.Has(person))
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            Pair.DescribeErased(values, head, person);
            if (await log.ChangeAsync(head, new ConversationChange { HeadValues = values }, cancellationToken) is not { Outcome: WriteOutcome.Done, Head: { } closed })
            {
                return null;
            }

            through = closed.LastId;
        }

        await tables.Conversations.DeleteEntityAsync(head.Id.Partition, Keys.Read(person), ETag.All, cancellationToken);
        await rewritings.AddAsync(person, head.Id, through, cancellationToken);
        await inbox.RenameAsync(Username.Parse(Pair.Other(head, person))!, person, DeletedUser.UsernameOf(person), cancellationToken);
        return true;
    }

    /// <summary>
    /// There is no message. One may be on its way, when the row is in doubt: then an empty chat that is closed is put where it would begin, and goes when nothing can be on its way any more.
    /// </summary>
    private async Task<bool?> TryForestallAsync(
        AccountId person, PrivateInboxRow row, ConversationId pair, ConversationHead? head, CancellationToken cancellationToken)
    {
        if (row.Doubt is null || row.Doubt.IsOld(time.GetUtcNow()))
        {
            return head switch
            {
                null => await RemoveLogAsync(pair, cancellationToken),
                _ when head.Blockers.Has(row.OtherId) => true, // It stands for the other's block, and goes with it.
                _ => await TryRemoveAsync(head, cancellationToken),
            };
        }

        if (head is { IsClosed: true })
        {
            return false;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        ErasedPeople.Of(person).Put(values);
        bool isForestalled = head is null
            ? await log.TryCreateAsync(pair, values, [], cancellationToken)
            : (await log.ChangeAsync(head, new ConversationChange { HeadValues = values, IfUnchanged = true }, cancellationToken)).Outcome is WriteOutcome.Done;
        return isForestalled ? false : null;
    }

    private async Task<bool?> TryRemoveAsync(ConversationHead head, CancellationToken cancellationToken) =>
        (await log.ChangeAsync(head, new ConversationChange { EndsConversation = true }, cancellationToken)).Outcome is WriteOutcome.Done or WriteOutcome.Gone
            ? await RemoveLogAsync(head.Id, cancellationToken)
            : null;

    /// <summary>The head is gone: nothing is added any more.</summary>
    private async Task<bool> RemoveLogAsync(ConversationId pair, CancellationToken cancellationToken)
    {
        await RowRange.RemoveAsync(tables.Conversations, pair.Partition, Keys.EntryPrefix(pair.Log), cancellationToken);
        await RowRange.RemoveAsync(tables.Conversations, pair.Partition, Keys.ReadPrefix, cancellationToken);
        await RowRange.RemoveAsync(tables.Conversations, pair.Partition, Keys.SentPrefix(pair.Log), cancellationToken);
        return true;
    }
}
