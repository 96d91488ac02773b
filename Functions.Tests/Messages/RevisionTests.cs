using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;
using static ServerlessChat.Tests.Messages.LogFixture;

namespace ServerlessChat.Tests.Messages;

/// <summary>What later entries make of a message: the log keeps its promises, and what is gone is gone from storage.</summary>
public sealed class RevisionTests(AzuriteFixture azurite)
{
    private static readonly AccountId Sara = new("aa".PadRight(32, '0'));
    private static readonly AccountId Bob = new("bb".PadRight(32, '0'));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_Edit_Is_An_Entry_And_The_Old_Texts_Are_Gone_From_Storage()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("secret one", "c"), 0, null, Cancellation);

        await ReviseAsync(log, id, new Edit(Sara, "سارا", 1, "secret two"));
        await ReviseAsync(log, id, new React(Bob, "bob", 1, Emoji.Parse("👍")!, Removes: false));
        WriteResult last = await ReviseAsync(log, id, new Edit(Sara, "سارا", 1, "third"));

        IReadOnlyList<Entry> entries = await log.ReadNewestAsync(id, 50, Cancellation);
        Assert.Equal([(1, EntryKind.Message, "third"), (2, EntryKind.Edited, ""), (3, EntryKind.Reaction, ""), (4, EntryKind.Edited, "third")], entries.Select(Shape));
        Assert.Equal((4L, 4L, "c"), (entries[0].State.Revision!.Value, entries[0].State.LastEdit!.Value, entries[0].ClientId));
        Assert.Equal(entries[3].At, entries[0].State.EditedAt);
        Assert.Equal([1L, 1L, 1L], entries.Skip(1).Select(entry => entry.Target!.Value));
        Assert.Equal("third", last.Entry!.Text);
        Assert.Equal((4L, 1L, "third"), (last.Head!.LastId, last.Head.Last!.Id, last.Head.Last.Text));
        Assert.DoesNotContain("secret", await DumpAsync(fixture, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Deleted_Message_Leaves_A_Gap_And_No_Text_Anywhere()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("secret one"), 0, null, Cancellation);
        await ReviseAsync(log, id, new Edit(Sara, "سارا", 1, "secret two"));
        await ReviseAsync(log, id, new React(Sara, "سارا", 1, Emoji.Parse("👍")!, Removes: false));

        WriteResult result = await ReviseAsync(log, id, new Deletion(Bob, "bob", 1, MayDeleteAny: true));

        Entry[] entries = [.. await log.ReadNewestAsync(id, 50, Cancellation)];
        Assert.Equal([(1, EntryKind.Message, ""), (2, EntryKind.Edited, ""), (3, EntryKind.Reaction, ""), (4, EntryKind.Deleted, "")], entries.Select(Shape));
        Assert.Equal((Sara, Bob), (entries[0].UserId, entries[3].UserId));
        Assert.Equal(entries[3].At, entries[0].State.DeletedAt);
        Assert.True(entries[0].State.Reactions.IsEmpty);
        Assert.Equal(("", entries[0].State.DeletedAt), (result.Head!.Last!.Text, result.Head.Last.State.DeletedAt));
        Assert.DoesNotContain("secret", await DumpAsync(fixture, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Is_So_Already_Writes_Nothing()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("text"), 0, null, Cancellation);
        var thumb = new React(Bob, "bob", 1, Emoji.Parse("👍")!, Removes: false);

        Assert.Equal(WriteOutcome.Unchanged, (await log.ReviseAsync(id, 0, new Edit(Sara, "سارا", 1, "text"), Cancellation)).Outcome);
        Assert.Equal(WriteOutcome.Unchanged, (await log.ReviseAsync(id, 0, thumb with { Removes = true }, Cancellation)).Outcome);
        await ReviseAsync(log, id, thumb);
        Assert.Equal(WriteOutcome.Unchanged, (await log.ReviseAsync(id, 0, thumb, Cancellation)).Outcome);
        await ReviseAsync(log, id, new Deletion(Sara, "سارا", 1, MayDeleteAny: false));
        Assert.Equal(WriteOutcome.Unchanged, (await log.ReviseAsync(id, 0, new Deletion(Sara, "سارا", 1, MayDeleteAny: false), Cancellation)).Outcome);

        Assert.Equal(3, (await log.ReadHeadAsync(id.Partition, Cancellation))!.LastId);
    }

    [Fact]
    public async Task What_Is_Not_There_Or_Not_Ones_Own_Is_Refused()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("text"), 0, null, Cancellation);
        await ReviseAsync(log, id, new Edit(Sara, "سارا", 1, "other"));

        Assert.Equal(WriteOutcome.Forbidden, await OutcomeAsync(log, id, new Edit(Bob, "bob", 1, "mine")));
        Assert.Equal(WriteOutcome.Forbidden, await OutcomeAsync(log, id, new Deletion(Bob, "bob", 1, MayDeleteAny: false)));
        Assert.Equal(WriteOutcome.Missing, await OutcomeAsync(log, id, new Edit(Sara, "سارا", 2, "an event is no message")));
        Assert.Equal(WriteOutcome.Missing, await OutcomeAsync(log, id, new Deletion(Sara, "سارا", 2, MayDeleteAny: true)));
        Assert.Equal(WriteOutcome.Missing, await OutcomeAsync(log, id, new React(Sara, "سارا", 99, Emoji.Parse("👍")!, Removes: false)));
        await ReviseAsync(log, id, new Deletion(Sara, "سارا", 1, MayDeleteAny: false));
        Assert.Equal(WriteOutcome.Missing, await OutcomeAsync(log, id, new Edit(Sara, "سارا", 1, "again")));
        Assert.Equal(WriteOutcome.Missing, await OutcomeAsync(log, id, new React(Bob, "bob", 1, Emoji.Parse("👍")!, Removes: false)));
        Assert.Equal(WriteOutcome.Stale, (await log.ReviseAsync(id, 7, new Deletion(Sara, "سارا", 1, MayDeleteAny: false), Cancellation)).Outcome);
        Assert.Equal(3, (await log.ReadHeadAsync(id.Partition, Cancellation))!.LastId);
    }

    [Fact]
    public async Task The_Head_Keeps_The_Newest_Message_While_Other_Entries_Follow()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("one"), 0, null, Cancellation);
        await log.AppendAsync(id, Message("two") with { ReplyTo = 1 }, 0, null, Cancellation);
        await ReviseAsync(log, id, new Edit(Sara, "سارا", 1, "ONE"));
        await ReviseAsync(log, id, new Edit(Sara, "سارا", 2, "TWO"));

        Entry last = (await fixture.NewLog().ReadHeadAsync(id.Partition, Cancellation))!.Last!;
        Assert.Equal((2L, "TWO", 1L, 4L), (last.Id, last.Text, last.ReplyTo!.Value, last.State.Revision!.Value));
        await log.AppendAsync(id, Message("three"), 0, null, Cancellation);
        last = (await fixture.NewLog().ReadHeadAsync(id.Partition, Cancellation))!.Last!;
        Assert.Equal((5L, "three"), (last.Id, last.Text));
        Assert.Null(last.ReplyTo);
        Assert.Equal(MessageState.New, last.State);
    }

    [Fact]
    public async Task A_Head_Of_An_Earlier_Version_Keeps_Its_Newest_Message()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("one"), 0, null, Cancellation);
        WriteResult two = await log.AppendAsync(id, Message("two"), 0, null, Cancellation);
        TableEntity head = two.Head!.Row;
        head.Remove("LastMessageId");
        await fixture.NewTables().Conversations.UpdateEntityAsync(head, two.Head.ETag, TableUpdateMode.Replace, Cancellation);

        await ReviseAsync(fixture.NewLog(), id, new React(Bob, "bob", 1, Emoji.Parse("👍")!, Removes: false));

        ConversationHead after = (await log.ReadHeadAsync(id.Partition, Cancellation))!;
        Assert.Equal((3L, 2L, "two"), (after.LastId, after.Last!.Id, after.Last.Text));
    }

    [Fact]
    public async Task Many_Hands_On_Two_Instances_Make_One_Log()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog[] logs = [fixture.NewLog(), fixture.NewLog()];
        ConversationId id = await CreateAsync(logs[0]);
        await logs[0].AppendAsync(id, Message("text"), 0, null, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 3) switch
        {
            0 => logs[i % 2].AppendAsync(id, Message($"m{i}"), 0, null, Cancellation),
            1 => logs[i % 2].ReviseAsync(id, 0, new Edit(Sara, "سارا", 1, $"edit {i}"), Cancellation),
            _ => logs[i % 2].ReviseAsync(id, 0, new React(new AccountId($"{i:x32}"), $"user{i}", 1, Emoji.Parse("👍")!, Removes: false), Cancellation),
        }));

        Entry[] entries = [.. await logs[0].ReadAsync(id, 1, 100, Cancellation)];
        Assert.Equal(Enumerable.Range(1, 61).Select(i => (long)i), entries.Select(entry => entry.Id));
        Assert.Equal(20, entries[0].State.Reactions.CountOf(Emoji.Parse("👍")!));
        Assert.Equal(Enumerable.Range(1, 20), entries.Where(entry => entry.Reaction is not null).Select(entry => entry.Reaction!.Count));
        Entry newest = entries.Last(entry => entry.Kind is EntryKind.Edited);
        Assert.Equal((newest.Text, newest.Id), (entries[0].Text, entries[0].State.LastEdit));
        Assert.All(entries.Where(entry => entry.Kind is EntryKind.Edited && entry != newest), entry => Assert.Empty(entry.Text));
        Assert.Equal(entries.Last(entry => entry.Kind is not EntryKind.Message).Id, entries[0].State.Revision);
    }

    [Theory]
    [InlineData(FaultAction.ForwardThenDrop)]
    [InlineData(FaultAction.ForwardThenRefuse)]
    [InlineData(FaultAction.Drop)]
    [InlineData(FaultAction.Refuse)]
    public async Task A_Revision_Without_A_Clear_Answer_Is_Stored_Once(FaultAction fault)
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        var publisher = new RecordingPublisher();
        ConversationLog log = fixture.NewLog(publisher);
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("before"), 0, null, Cancellation);
        fixture.Proxy.Fault = TableFaults.Once(request => request.Kind == TableRequestKind.Batch, fault);

        WriteResult result = await ReviseAsync(log, id, new Edit(Sara, "سارا", 1, "after"));

        Assert.True(result.IsPublished);
        Assert.Equal([(1, EntryKind.Message, "after"), (2, EntryKind.Edited, "after")], (await log.ReadNewestAsync(id, 50, Cancellation)).Select(Shape));
        Assert.Equal([1L, 2L], publisher.Published.Select(entry => entry.Id));
    }

    private static (long, EntryKind, string) Shape(Entry entry) => (entry.Id, entry.Kind, entry.Text);

    private static async Task<WriteResult> ReviseAsync(ConversationLog log, ConversationId id, Revision revision)
    {
        WriteResult result = await log.ReviseAsync(id, 0, revision, Cancellation);
        Assert.Equal(WriteOutcome.Done, result.Outcome);
        return result;
    }

    private static async Task<WriteOutcome> OutcomeAsync(ConversationLog log, ConversationId id, Revision revision) =>
        (await log.ReviseAsync(id, 0, revision, Cancellation)).Outcome;

    /// <summary>Every property of every row of the conversation.</summary>
    private static async Task<string> DumpAsync(LogFixture fixture, ConversationId id)
    {
        var rows = new List<string>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Partition} and RowKey ge {"a"} and RowKey lt {"z"}");
        await foreach (TableEntity row in fixture.NewTables().Conversations.QueryAsync<TableEntity>(filter, null, null, Cancellation))
        {
            rows.Add(string.Join(' ', row.Select(property => $"{property.Key}={property.Value}")));
        }

        Assert.NotEmpty(rows);
        return string.Join('\n', rows);
    }
}
