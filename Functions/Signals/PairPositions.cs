using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Storage;

namespace ServerlessChat.Signals;

/// <summary>How far each of a pair has read, as the other is shown it: a row beside the log.</summary>
public sealed class PairPositions(ChatTables tables)
{
    internal ReadRow Of(ConversationId pair, AccountId person) => new(tables.Conversations, pair.Partition, Keys.Read(person)) { IsMadeByMove = true };

    /// <summary>For a page: the other's position, if there is one; null on pages of <c>before</c>, whose reader has been told it. One read at most.</summary>
    /// <param name="pair">As it stands. One that is closed, or in which one blocks the other, shows none.</param>
    /// <param name="other">The other's account and username.</param>
    public async Task<IReadOnlyList<ReadResponse>?> ReadAsync(
        ConversationHead pair, AccountId reader, (AccountId Id, string Username) other, PageRequest page, CancellationToken cancellationToken)
    {
        if (page.Before is not null)
        {
            return null;
        }

        return other.Id != reader && pair is { IsClosed: false, IsBlocked: false }
            && (await Of(pair.Id, other.Id).FindAsync(cancellationToken))?.GetInt64(ReadRow.Column) is { } id
            ? [new ReadResponse(other.Username, id)]
            : [];
    }
}
