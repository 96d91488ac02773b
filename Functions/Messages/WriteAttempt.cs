using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>One transaction, planned on one state of the head: conditional on it, so that it is applied once or never.</summary>
internal sealed class WriteAttempt
{
    private readonly List<PendingWrite> _writes = [];
    private readonly List<PendingWrite?> _owners = [];
    private readonly Dictionary<string, PendingAppend> _byMarker = new(StringComparer.Ordinal);
    private readonly HashSet<string> _joins = new(StringComparer.Ordinal);
    private readonly List<(PendingAppend Append, Entry Entry)> _appends = [];
    private readonly List<(PendingAppend Follower, PendingAppend First)> _followers = [];
    private RevisionPlan? _revision;
    private readonly ConversationHead? _head;
    private readonly TableEntity _patch;

    private WriteAttempt(ConversationHead? head, ConversationId conversation)
    {
        _head = head;
        _patch = head is null ? ConversationRows.NewHead(conversation) : ConversationRows.HeadPatch(conversation);
        ConversationRows.SetCommit(_patch, Commit);
    }

    /// <summary>Written to the head and to every entry and marker, so that a writer that got no answer can find out.</summary>
    public string Commit { get; } = Keys.NewId();

    /// <summary>The state of the head that the transaction is conditional on; null for one that creates the head.</summary>
    public ETag? Basis => _head?.ETag;

    public List<TableTransactionAction> Actions { get; } = [];

    public IReadOnlyList<Entry> Entries => _revision is { Told: { } told } ? [told] : [.. _appends.Select(append => append.Entry)];

    public IEnumerable<PendingAppend> Appends => _appends.Select(append => append.Append);

    /// <summary>What follows from the writes in it: from one change, or from the joins of different people, so their order is no matter.</summary>
    public IEnumerable<Func<Task>> Follows => Appends.Concat(_writes).Select(write => write.Follow).OfType<Func<Task>>();

    /// <summary>Whether it deletes the head.</summary>
    public bool EndsConversation { get; private set; }

    public static WriteAttempt OfAppends(ConversationHead? head, IReadOnlyList<PendingWrite> appends, DateTimeOffset now)
    {
        var attempt = new WriteAttempt(head, appends[0].Conversation);
        attempt.PutHead();
        foreach (PendingAppend append in appends.Cast<PendingAppend>())
        {
            attempt.Put(append, now);
        }

        attempt._patch[ConversationRows.LastId] = attempt._appends[^1].Entry.Id;
        HeadLast.Put(attempt._patch, head?.Row, attempt._appends[^1].Entry);
        return attempt;
    }

    /// <param name="target">The message, read while <paramref name="head"/> stood.</param>
    /// <param name="plan">With something to store.</param>
    public static WriteAttempt OfRevision(ConversationHead head, PendingRevision pending, RevisedRow target, RevisionPlan plan)
    {
        (Entry message, Entry told) = (plan.Message!, plan.Told!);
        var attempt = new WriteAttempt(head, pending.Conversation) { _revision = plan };
        attempt._patch[ConversationRows.LastId] = told.Id;
        if (head.Last?.Id == message.Id)
        {
            HeadLast.Put(attempt._patch, head.Row, message);
        }
        else
        {
            HeadLast.Keep(attempt._patch, head.Last);
        }

        attempt.PutHead();
        attempt._writes.Add(pending);
        attempt.Put(ConversationRows.Add(EntryRow.New(pending.Conversation, told, attempt.Commit)), pending);
        attempt.Put(ConversationRows.Replace(EntryRow.Revised(pending.Conversation, target.Row, message, attempt.Commit), target.Row.ETag), pending);
        if (told.Kind is not EntryKind.Reaction && target.Message.State.LastEdit is not null)
        {
            // Nobody else writes that row, and this transaction is conditional on the head.
            attempt.Put(ConversationRows.Replace(EntryRow.Superseded(pending.Conversation, target), ETag.All), pending);
        }

        return attempt;
    }

    public static WriteAttempt OfChange(ConversationHead head, PendingChange pending)
    {
        var attempt = new WriteAttempt(head, pending.Conversation) { EndsConversation = pending.Change.EndsConversation };
        attempt.Merge(pending.Change.HeadValues);
        ConversationRows.SetChange(attempt._patch, attempt.Commit);
        if (pending.Change.RaisesVersion)
        {
            attempt._patch[ConversationRows.Version] = head.Version + 1;
        }

        attempt.PutHead();
        attempt._writes.Add(pending);
        foreach (TableTransactionAction row in pending.Change.Rows)
        {
            attempt.Put(row, pending);
        }

        return attempt;
    }

    /// <summary>Whose row an action is (null: it is the head), and the row.</summary>
    /// <param name="index">The index that storage names; null when it names none.</param>
    public (PendingWrite? Owner, TableEntity? Row) Find(int? index) => index is { } found && found < _owners.Count
        ? (_owners[found], (TableEntity)Actions[found].Entity)
        : (null, null);

    /// <summary>The member row exists: whoever was to join by it is a member.</summary>
    public void ForgetJoin(string rowKey)
    {
        foreach (PendingAppend append in Appends.Concat(_followers.Select(pair => pair.Follower)))
        {
            append.Join = string.Equals(append.Join?.RowKey, rowKey, StringComparison.Ordinal) ? null : append.Join;
        }
    }

    /// <summary>The head after the transaction was applied.</summary>
    public ConversationHead HeadAfter(ETag etag) => ConversationRows.Apply(_head?.Row ?? _patch, _patch, etag);

    /// <summary>Answers everyone whose write is in the transaction.</summary>
    public void Complete(ConversationHead? head, bool isPublished)
    {
        foreach ((PendingAppend append, Entry entry) in _appends)
        {
            append.Complete(new WriteResult(WriteOutcome.Done, entry, head, isPublished));
        }

        foreach ((PendingAppend follower, PendingAppend first) in _followers)
        {
            follower.Complete(new WriteResult(WriteOutcome.Repeated, _appends.Find(append => append.Append == first).Entry, head));
        }

        foreach (PendingWrite write in _writes)
        {
            write.Complete(new WriteResult(WriteOutcome.Done, _revision?.Message, head, _revision is not null && isPublished));
        }
    }

    private void Put(PendingAppend append, DateTimeOffset now)
    {
        if (append.Marker is { } marker && !_byMarker.TryAdd(marker, append))
        {
            _followers.Add((append, _byMarker[marker]));
            return;
        }

        NewMessage message = append.Message;
        var entry = new Entry((_head?.LastId ?? 0) + _appends.Count + 1, message.UserId, message.User, message.Text, now, message.ClientId) { ReplyTo = message.ReplyTo };
        _appends.Add((append, entry));
        Put(ConversationRows.Add(EntryRow.New(append.Conversation, entry, Commit)), append);
        if (append.Marker is not null)
        {
            Put(ConversationRows.Add(ConversationRows.NewMarker(append.Conversation, append.Marker, entry.Id, Commit)), append);
        }

        if (append.Join is { } join && _joins.Add(join.RowKey))
        {
            Put(ConversationRows.Add(join), append);
        }

        Merge(append.HeadValues);
    }

    private void PutHead() => Put(
        (_head, EndsConversation) switch
        {
            (null, _) => ConversationRows.Add(_patch),
            (_, true) => new TableTransactionAction(TableTransactionActionType.Delete, _patch, _head.ETag),
            _ => ConversationRows.Merge(_patch, _head.ETag),
        },
        owner: null);

    private void Put(TableTransactionAction action, PendingWrite? owner)
    {
        Actions.Add(action);
        _owners.Add(owner);
        MemberCount.Follow(_patch, _head, action);
    }

    private void Merge(IReadOnlyDictionary<string, object?>? values)
    {
        foreach ((string name, object? value) in values ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            _patch[name] = value;
        }
    }
}
