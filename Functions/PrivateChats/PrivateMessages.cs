using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Signals;

namespace ServerlessChat.PrivateChats;

/// <summary>Sending to a person and reading the log of a pair.</summary>
public sealed class PrivateMessages(AccountStore accounts, InboxStore inbox, ConversationLog log, ReadableChats chats, PairPositions positions)
{
    /// <summary>Appends a message. One read (the other's account) and one transaction; the first message of a pair also opens both inboxes.</summary>
    public async Task<Outcome<PrivateSend>> SendAsync(Caller caller, string target, Draft draft, CancellationToken cancellationToken) =>
        await FindAsync(target, cancellationToken) is { } other
            ? await SendAsync(caller, new Correspondent(other.Id, other.Username, other.DisplayName), draft, cancellationToken)
            : ApiProblem.Of(Errors.NotFound);

    /// <summary>The same to somebody who was found before: one transaction.</summary>
    public async Task<Outcome<PrivateSend>> SendAsync(Caller caller, Correspondent other, Draft draft, CancellationToken cancellationToken)
    {
        var pair = ConversationId.Of(caller.Id, other.Id);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        Pair.Describe(values, pair, caller.Id, caller.Username, displayName: null);
        Pair.Describe(values, pair, other.Id, other.Username, other.DisplayName);
        WriteResult result = await log.AppendAsync(pair, draft.By(caller), values, token => OpenAsync(caller, other, pair, values, token), cancellationToken);
        return result.Outcome switch
        {
            WriteOutcome.Missing => MessageRules.ReplyToNothing(),
            WriteOutcome.Gone => Closed(caller, pair),
            _ => new PrivateSend(result, other.Username),
        };
    }

    /// <summary>Who a username belongs to; null when to nobody. One read.</summary>
    public async Task<Correspondent?> FindCorrespondentAsync(string? target, CancellationToken cancellationToken) =>
        await FindAsync(target, cancellationToken) is { } other ? new Correspondent(other.Id, other.Username, other.DisplayName) : null;

    /// <summary>The other of a chat that may be read: somebody by their username, in one read; or somebody erased, as <see cref="ReadableChats"/> finds them.</summary>
    public async Task<Correspondent?> FindReadableAsync(Caller caller, string? target, CancellationToken cancellationToken) =>
        Username.Parse(target) is { } username && DeletedUser.IdPrefixOf(username) is not null
            ? await chats.FindAsync(caller, username.Text, cancellationToken) is { } chat ? new Correspondent(chat.OtherId, username, DisplayName: null) : null
            : await FindCorrespondentAsync(target, cancellationToken);

    /// <summary>The other and a page of the log. Three reads and one query at most.</summary>
    public async Task<Outcome<PrivatePageResponse>> ReadAsync(Caller caller, string target, PageRequest request, CancellationToken cancellationToken)
    {
        if (await chats.FindAsync(caller, target, cancellationToken) is not { } chat)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        PersonResponse with = chat.Other;
        if (chat.Head is not { } head)
        {
            return new PrivatePageResponse(with, [], Before: null, LastId: 0, request.After is null ? null : false, request.Before is null ? [] : null);
        }

        if (head.Erased.Has(caller.Id))
        {
            return ApiProblem.Of(Errors.NotSignedIn);
        }

        Task<MessagePage> paging = MessagePage.ReadAsync(log, head, request, cancellationToken);
        Task<IReadOnlyList<ReadResponse>?> reading = positions.ReadAsync(head, caller.Id, (chat.OtherId, with.Username), request, cancellationToken);
        await Task.WhenAll(paging, reading);
        MessagePage page = await paging;
        return new PrivatePageResponse(
            with, [.. page.Entries.Select(entry => Message(entry, caller, with))], page.Before, page.LastId, page.More, await reading);
    }

    /// <summary>Opens both inboxes before the first message is stored: cut off in between, they show nothing, because there is no head.</summary>
    private async Task<IReadOnlyDictionary<string, object?>> OpenAsync(
        Caller caller, Correspondent other, ConversationId pair, Dictionary<string, object?> values, CancellationToken cancellationToken)
    {
        Task<AccountProfile?> self = accounts.FindAsync(caller.Username, cancellationToken);
        Task<bool> own = inbox.OpenAsync(caller.Id, caller.Username, other.Id, other.Username, cancellationToken);
        Task<bool> theirs = inbox.OpenAsync(other.Id, other.Username, caller.Id, caller.Username, cancellationToken);
        await Task.WhenAll(self, own, theirs);
        if (!await own)
        {
            throw new ApiProblemException(ApiProblem.Of(Errors.NotSignedIn));
        }

        if (!await theirs)
        {
            throw new ApiProblemException(ApiProblem.Of(Errors.NotFound));
        }

        var first = new Dictionary<string, object?>(values, StringComparer.Ordinal);
        Pair.Describe(first, pair, caller.Id, caller.Username, (await self)?.DisplayName);
        return first;
    }

    private static MessageResponse Message(Entry entry, Caller caller, PersonResponse other) =>
        MessageResponse.InPrivate(entry, entry.UserId == caller.Id ? other.Username : caller.Username.Text, caller.Id);

    /// <summary>Why nothing can be written to a pair of which one is erased. The writer has just looked at it.</summary>
    private ApiProblem Closed(Caller caller, ConversationId pair) =>
        ApiProblem.Of(log.KnownHead(pair.Partition) is { } head && head.Erased.Has(caller.Id) ? Errors.NotSignedIn : Errors.NotFound);

    private async Task<AccountProfile?> FindAsync(string? target, CancellationToken cancellationToken) =>
        Username.Parse(target) is { } username ? await accounts.FindAsync(username, cancellationToken) : null;
}

/// <summary>The other of a private chat.</summary>
/// <param name="DisplayName">Null: not known; the head keeps the one that it has.</param>
public sealed record Correspondent(AccountId Id, Username Username, string? DisplayName);

/// <summary>A send to a person.</summary>
/// <param name="Result">Done or repeated.</param>
/// <param name="Recipient">The other's username as typed at registration.</param>
public sealed record PrivateSend(WriteResult Result, Username Recipient);
