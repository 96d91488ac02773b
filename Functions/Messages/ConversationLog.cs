using System.Collections.Concurrent;
using Azure;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>The logs of all conversations: appending, changing, reading.</summary>
/// <remarks>
/// Guarantees: ids are 1, 2, 3 … without a hole or a duplicate, over all instances. A write that is answered is stored. Head, entry, marker and
/// member rows of one write are stored together or not at all. A write that was not answered may have been stored; repeated with its <c>client_id</c> it is stored once.
/// </remarks>
public sealed class ConversationLog(ChatTables tables, IPublisher publisher, TimeProvider time, ILogger<ConversationLog> logger)
{
    /// <summary>Writers kept in memory; beyond it idle ones are let go (they only remember the head).</summary>
    private const int MaxWriters = 10_000;

    /// <summary>Writers let go at a time.</summary>
    private const int LetGo = 1_000;

    private readonly ConcurrentDictionary<string, ConversationWriter> _writers = new(StringComparer.Ordinal);

    /// <summary>The head as this instance last saw it, without a storage operation; null when it never did. To refuse somebody, read it.</summary>
    public ConversationHead? KnownHead(string partition) => _writers.TryGetValue(partition, out ConversationWriter? writer) ? writer.Known : null;

    /// <summary>The head as it stands; null when there is no conversation. One operation.</summary>
    public async Task<ConversationHead?> ReadHeadAsync(string partition, CancellationToken cancellationToken)
    {
        ConversationHead? head = await ConversationRows.FindHeadAsync(tables.Conversations, partition, cancellationToken);
        if (_writers.TryGetValue(partition, out ConversationWriter? writer))
        {
            writer.Learn(head);
        }

        return head;
    }

    /// <summary>Creates a conversation with an empty log; false when there is one in its place. One operation.</summary>
    /// <param name="values">What the head says beside the log.</param>
    /// <param name="rows">Rows of the same partition, stored with the head or not at all.</param>
    public async Task<bool> TryCreateAsync(
        ConversationId id, IReadOnlyDictionary<string, object?> values, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        string commit = Keys.NewId();
        TableEntity head = ConversationRows.NewHead(id);
        ConversationRows.SetChange(head, commit);
        foreach ((string name, object? value) in values)
        {
            head[name] = value;
        }

        try
        {
            await tables.Conversations.SubmitTransactionAsync([ConversationRows.Add(head), .. rows.Select(ConversationRows.Add)], cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 409)
        {
            // A group's id is in no other head; a pair's is in every head that the two have had.
            return failure.WasRetried && await ReadHeadAsync(id.Partition, cancellationToken) is { } made && made.Id == id
                && (!id.IsPair || ConversationRows.IsLastOf(made, commit));
        }
    }

    /// <summary>Appends a message and publishes it. One operation when this instance wrote last, two more when another did.</summary>
    /// <param name="decidedOn">The head that the sender's right was decided on.</param>
    /// <param name="join">The member row of a sender who joins by this message.</param>
    /// <param name="follow">What <see cref="PendingWrite.Follow"/> says.</param>
    public Task<WriteResult> AppendAsync(
        ConversationHead decidedOn, NewMessage message, TableEntity? join, Func<Task>? follow, CancellationToken cancellationToken)
    {
        var append = new PendingAppend
        {
            Conversation = decidedOn.Id, Version = decidedOn.Version, Message = message, Join = join, Follow = follow, Marker = MarkerOf(decidedOn.Id, message),
        };
        return WriteAsync(append, decidedOn, cancellationToken);
    }

    /// <summary>Appends a message of somebody whose right was decided on before, at a version that they carry with them. One operation when this instance wrote last.</summary>
    public Task<WriteResult> AppendAsync(ConversationId id, long version, NewMessage message, CancellationToken cancellationToken) => WriteAsync(
        new PendingAppend { Conversation = id, Version = version, Message = message, Marker = MarkerOf(id, message) }, decidedOn: null, cancellationToken);

    /// <summary>Appends a message to a conversation that begins with its first message.</summary>
    /// <param name="headValues">What the head says beside the log, as of this message.</param>
    /// <param name="beforeFirst">Runs before the first message, and answers what the head then says; may run again, so it must be safe to repeat.</param>
    public Task<WriteResult> AppendAsync(
        ConversationId id,
        NewMessage message,
        IReadOnlyDictionary<string, object?> headValues,
        Func<CancellationToken, Task<IReadOnlyDictionary<string, object?>>> beforeFirst,
        CancellationToken cancellationToken)
    {
        var append = new PendingAppend { Conversation = id, Message = message, HeadValues = headValues, BeforeFirst = beforeFirst, Marker = MarkerOf(id, message) };
        return WriteAsync(append, decidedOn: null, cancellationToken);
    }

    /// <summary>Changes a message that is in the log, and appends and publishes the entry that tells of it. One read and one transaction when this instance wrote last.</summary>
    /// <param name="version">The version that the right was decided on; null when it hangs on none.</param>
    public Task<WriteResult> ReviseAsync(ConversationId id, long? version, Revision revision, CancellationToken cancellationToken) =>
        WriteAsync(new PendingRevision { Conversation = id, Version = version, Revision = revision }, decidedOn: null, cancellationToken);

    /// <summary>Changes the conversation itself: all of the change or nothing.</summary>
    /// <param name="decidedOn">The head that the change was decided on.</param>
    public Task<WriteResult> ChangeAsync(ConversationHead decidedOn, ConversationChange change, CancellationToken cancellationToken) => WriteAsync(
        new PendingChange
        {
            Conversation = decidedOn.Id, Version = decidedOn.Version, Basis = change.IfUnchanged ? decidedOn.ETag : null, Change = change, Follow = change.Follow,
        },
        decidedOn,
        cancellationToken);

    /// <summary>Entries <paramref name="first"/> to <paramref name="last"/>, both included, oldest first. One operation; the log has no holes, so they are one key range.</summary>
    public Task<IReadOnlyList<Entry>> ReadAsync(ConversationId id, long first, long last, CancellationToken cancellationToken) => first > last
        ? Task.FromResult<IReadOnlyList<Entry>>([])
        : ReadRangeAsync(id, Keys.Entry(id.Log, last), Keys.Entry(id.Log, first - 1), (int)(last - first + 1), cancellationToken);

    private async Task<IReadOnlyList<Entry>> ReadRangeAsync(ConversationId id, string from, string to, int limit, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Partition} and RowKey ge {from} and RowKey lt {to}");
        var entries = new List<Entry>(limit);
        AsyncPageable<TableEntity> rows = tables.Conversations.QueryAsync<TableEntity>(filter, limit, EntryRow.Columns, cancellationToken);
        await foreach (TableEntity row in rows.WithCancellation(cancellationToken))
        {
            entries.Add(EntryRow.Read(row));
            if (entries.Count == limit)
            {
                break;
            }
        }

        entries.Reverse();
        return entries;
    }

    private async Task<WriteResult> WriteAsync(PendingWrite write, ConversationHead? decidedOn, CancellationToken cancellationToken)
    {
        ConversationWriter writer = WriterOf(write.Conversation.Partition);
        if (writer.Known is null)
        {
            writer.Learn(decidedOn);
        }

        if (!writer.TryWrite(write))
        {
            throw PendingWrite.Unavailable();
        }

        await using CancellationTokenRegistration leaving =
            cancellationToken.UnsafeRegister(static (left, token) => ((PendingWrite)left!).GiveUp(token), write);
        return await write.Completion;
    }

    private static string? MarkerOf(ConversationId id, NewMessage message) =>
        message.ClientId is null ? null : Keys.Sent(id.Log, message.UserId, message.ClientId);

    private ConversationWriter WriterOf(string partition)
    {
        if (_writers.TryGetValue(partition, out ConversationWriter? writer))
        {
            return writer;
        }

        if (_writers.Count >= MaxWriters)
        {
            LetIdleWritersGo();
        }

        return _writers.GetOrAdd(partition, key => new ConversationWriter(key, tables, publisher, time, logger));
    }

    /// <summary>Safe at any moment: two writers of one conversation are what two instances have.</summary>
    private void LetIdleWritersGo()
    {
        foreach ((string partition, _) in _writers.Where(writer => writer.Value.IsIdle).Take(LetGo))
        {
            _writers.TryRemove(partition, out _);
        }
    }
}
