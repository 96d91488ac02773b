using ServerlessChat.Messages;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;
using static ServerlessChat.Tests.Messages.LogFixture;

namespace ServerlessChat.Tests.Messages;

/// <summary>What the log promises: ids without a hole, nothing twice, nothing lost.</summary>
public sealed class ConversationLogTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_Get_Ids_From_One_Up_And_Read_Back_As_Typed()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        string[] texts = ["سلام می‌خواهم", "👩‍👩‍👧‍👦 emoji", "\u200Fright-to-left mark", "<b>bold</b>\r\n\tand 'quotes' \"too\" \\"];

        foreach (string text in texts)
        {
            WriteResult result = await log.AppendAsync(id, Message(text), version: 0, join: null, Cancellation);
            Assert.Equal(WriteOutcome.Done, result.Outcome);
        }

        IReadOnlyList<Entry> entries = await log.ReadNewestAsync(id, 50, Cancellation);
        Assert.Equal([1, 2, 3, 4], entries.Select(entry => entry.Id));
        Assert.Equal(texts, entries.Select(entry => entry.Text));
    }

    [Fact]
    public async Task Concurrent_Appends_To_One_Instance_Go_Together()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("first"), 0, null, Cancellation);
        fixture.Proxy.Reset();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => log.AppendAsync(id, Message($"m{i}", $"c{i}"), 0, null, Cancellation)));

        Assert.InRange(fixture.Proxy.Count(TableRequestKind.Batch), 4, 10);
        Assert.Equal(0, fixture.Proxy.Count(TableRequestKind.PointRead));
        IReadOnlyList<Entry> entries = await log.ReadAsync(id, 1, 101, Cancellation);
        Assert.Equal(Enumerable.Range(1, 101).Select(i => (long)i), entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Two_Instances_Number_One_Log_Without_Hole_Or_Duplicate()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog[] logs = [fixture.NewLog(), fixture.NewLog()];
        ConversationId id = await CreateAsync(logs[0]);

        WriteResult[] results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => logs[i % 2].AppendAsync(id, Message($"m{i}"), 0, null, Cancellation)));

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), results.Select(result => result.Entry!.Id).Order());
        IReadOnlyList<Entry> entries = await logs[1].ReadAsync(id, 1, 200, Cancellation);
        Assert.Equal(200, entries.Select(entry => entry.Text).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_Repeated_Client_Id_Answers_The_First_Message_On_Any_Instance()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        WriteResult first = await log.AppendAsync(id, Message("first", "شناسه"), 0, null, Cancellation);

        WriteResult here = await log.AppendAsync(id, Message("again", "شناسه"), 0, null, Cancellation);
        WriteResult there = await fixture.NewLog().AppendAsync(id, Message("again", "شناسه"), 0, null, Cancellation);
        WriteResult another = await log.AppendAsync(id, Message("mine", "شناسه", sender: "bb"), 0, null, Cancellation);

        Assert.Equal([WriteOutcome.Repeated, WriteOutcome.Repeated, WriteOutcome.Done], [here.Outcome, there.Outcome, another.Outcome]);
        Assert.Equal(first.Entry, here.Entry);
        Assert.Equal(first.Entry, there.Entry);
        Assert.Equal(2, another.Entry!.Id);
    }

    [Fact]
    public async Task The_Same_Client_Id_At_Once_Is_Stored_Once()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog[] logs = [fixture.NewLog(), fixture.NewLog()];
        ConversationId id = await CreateAsync(logs[0]);

        WriteResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => logs[i % 2].AppendAsync(id, Message("once", $"c{i % 4}"), 0, null, Cancellation)));

        Assert.Equal(4, results.Count(result => result.Outcome == WriteOutcome.Done));
        Assert.Equal(36, results.Count(result => result.Outcome == WriteOutcome.Repeated));
        Assert.Equal([1, 2, 3, 4], results.Select(result => result.Entry!.Id).Distinct().Order());
        Assert.Equal(4, (await logs[0].ReadNewestAsync(id, 50, Cancellation)).Count);
    }

    [Theory]
    [InlineData(FaultAction.ForwardThenDrop)]
    [InlineData(FaultAction.ForwardThenRefuse)]
    [InlineData(FaultAction.Drop)]
    [InlineData(FaultAction.Refuse)]
    public async Task An_Append_Without_A_Clear_Answer_Is_Stored_Once(FaultAction fault)
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("before"), 0, null, Cancellation);
        fixture.Proxy.Fault = TableFaults.Once(request => request.Kind == TableRequestKind.Batch, fault);

        WriteResult result = await log.AppendAsync(id, Message("unheard"), 0, null, Cancellation);

        Assert.Equal((WriteOutcome.Done, 2), (result.Outcome, (int)result.Entry!.Id));
        Assert.Equal(["before", "unheard"], (await log.ReadNewestAsync(id, 50, Cancellation)).Select(entry => entry.Text));
    }

    [Fact]
    public async Task An_Unheard_Append_Is_Found_Behind_Another_Instances_Append()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        (ConversationLog log, ConversationLog other) = (fixture.NewLog(), fixture.NewLog());
        ConversationId id = await CreateAsync(log);
        await log.AppendAsync(id, Message("before"), 0, null, Cancellation);
        Task<WriteResult>? interposed = null;
        fixture.Proxy.Fault = TableFaults.Any(
            TableFaults.Nth(1, request => request.Kind == TableRequestKind.Batch, FaultAction.ForwardThenDrop),
            request =>
            {
                // The first retry of the unheard batch: let another instance write before it arrives.
                if (request.Kind == TableRequestKind.Batch && interposed is null)
                {
                    interposed = Task.Run(() => other.AppendAsync(id, Message("other"), 0, null, CancellationToken.None));
                    interposed.Wait(TimeSpan.FromSeconds(20));
                }

                return FaultAction.None;
            });

        WriteResult result = await log.AppendAsync(id, Message("unheard"), 0, null, Cancellation);

        Assert.NotNull(interposed);
        Assert.Equal(2, result.Entry!.Id);
        Assert.Equal(3, (await interposed).Entry!.Id);
        Assert.Equal(["before", "unheard", "other"], (await log.ReadNewestAsync(id, 50, Cancellation)).Select(entry => entry.Text));
    }

    [Fact]
    public async Task An_Unheard_Change_Is_Found_Behind_Another_Instances_Append()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        (ConversationLog log, ConversationLog other) = (fixture.NewLog(), fixture.NewLog());
        ConversationId id = await CreateAsync(log);
        Task<WriteResult>? interposed = null;
        fixture.Proxy.Fault = TableFaults.Any(
            TableFaults.Nth(1, request => request.Kind == TableRequestKind.Batch, FaultAction.ForwardThenDrop),
            request =>
            {
                if (request.Kind == TableRequestKind.Batch && interposed is null)
                {
                    interposed = Task.Run(() => other.AppendAsync(id, Message("other"), 1, null, CancellationToken.None));
                    interposed.Wait(TimeSpan.FromSeconds(20));
                }

                return FaultAction.None;
            });
        var change = new ConversationChange { HeadValues = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "changed" } };

        WriteResult result = await log.ChangeAsync(id, 0, change, Cancellation);

        Assert.Equal(WriteOutcome.Done, (await interposed!).Outcome);
        Assert.Equal(WriteOutcome.Done, result.Outcome);
        ConversationHead head = (await other.ReadHeadAsync(id.Partition, Cancellation))!;
        Assert.Equal((1, "changed"), (head.Version, head.Row.GetString("Name")));
    }

    [Fact]
    public async Task What_Nobody_Waits_For_Any_More_Is_Not_Stored()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        using var gone = new CancellationTokenSource();
        Task<WriteResult>[] left = [];
        fixture.Proxy.Fault = request =>
        {
            // While the first is being stored, fifty more come and go.
            if (request.Kind == TableRequestKind.Batch && left.Length == 0)
            {
                left = [.. Enumerable.Range(0, 50).Select(i => log.AppendAsync(id, Message($"left {i}"), 0, null, gone.Token))];
                gone.Cancel();
            }

            return FaultAction.None;
        };

        await log.AppendAsync(id, Message("first"), 0, null, Cancellation);
        await log.AppendAsync(id, Message("last"), 0, null, Cancellation);

        Assert.Equal(50, left.Length);
        foreach (Task<WriteResult> write in left)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        }

        Assert.Equal(["first", "last"], (await log.ReadNewestAsync(id, 100, Cancellation)).Select(entry => entry.Text));
    }

    [Fact]
    public async Task Many_First_Posts_Of_Somebody_Who_Joined_Elsewhere_Cost_Few_Batches()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        (ConversationLog log, ConversationLog other) = (fixture.NewLog(), fixture.NewLog());
        ConversationId id = await CreateAsync(log);
        TableEntity Join() => new(id.Partition, "member-x") { ["Role"] = "member" };
        Assert.Equal(WriteOutcome.Done, (await other.AppendAsync(id, Message("joins"), 0, Join(), Cancellation)).Outcome);
        await log.AppendAsync(id, Message("knows the head"), 0, null, Cancellation);
        fixture.Proxy.Reset();

        WriteResult[] results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => log.AppendAsync(id, Message($"m{i}"), 0, Join(), Cancellation)));

        Assert.All(results, result => Assert.Equal(WriteOutcome.Done, result.Outcome));
        Assert.InRange(fixture.Proxy.Count(TableRequestKind.Batch), 2, 16);
    }

    [Fact]
    public async Task A_Decision_Made_At_Another_Version_Is_Stale()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);

        await log.AppendAsync(id, Message("decided"), version: 0, null, Cancellation);
        Assert.Equal(WriteOutcome.Done, (await fixture.NewLog().ChangeAsync(id, 0, new ConversationChange(), Cancellation)).Outcome);

        Assert.Equal(WriteOutcome.Stale, (await log.AppendAsync(id, Message("late"), version: 0, null, Cancellation)).Outcome);
        Assert.Equal(WriteOutcome.Done, (await log.AppendAsync(id, Message("decided again"), version: 1, null, Cancellation)).Outcome);
    }

    [Fact]
    public async Task An_Ended_Conversation_Takes_Nothing_On_Any_Instance()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        (ConversationLog log, ConversationLog other) = (fixture.NewLog(), fixture.NewLog());
        ConversationId id = await CreateAsync(log);
        await other.AppendAsync(id, Message("before"), 0, null, Cancellation);

        Assert.Equal(WriteOutcome.Done, (await log.ChangeAsync(id, 0, new ConversationChange { EndsConversation = true }, Cancellation)).Outcome);

        Assert.Equal(WriteOutcome.Gone, (await other.AppendAsync(id, Message("late"), 0, null, Cancellation)).Outcome);
        Assert.Null(await log.ReadHeadAsync(id.Partition, Cancellation));
    }

    [Fact]
    public async Task An_Unheard_End_Is_An_End()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        fixture.Proxy.Fault = TableFaults.Once(request => request.Kind == TableRequestKind.Batch, FaultAction.ForwardThenDrop);

        WriteResult result = await log.ChangeAsync(id, 0, new ConversationChange { EndsConversation = true }, Cancellation);

        Assert.Equal(WriteOutcome.Done, result.Outcome);
        Assert.Null(await log.ReadHeadAsync(id.Partition, Cancellation));
    }

    [Fact]
    public async Task A_Log_Made_Anew_In_The_Same_Place_Takes_Nothing_Meant_For_The_Old_One()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        (ConversationLog log, ConversationLog other) = (fixture.NewLog(), fixture.NewLog());
        ConversationId old = await CreateAsync(log);
        await log.AppendAsync(old, Message("old"), 0, null, Cancellation);
        await other.ChangeAsync(old, 0, new ConversationChange { EndsConversation = true }, Cancellation);
        ConversationId made = old with { Log = "00000000000000000000000000000000" };
        Assert.True(await other.TryCreateAsync(made, new Dictionary<string, object?>(StringComparer.Ordinal), [], Cancellation));

        Assert.Equal(WriteOutcome.Gone, (await log.AppendAsync(old, Message("late"), 0, null, Cancellation)).Outcome);
        Assert.Empty(await other.ReadNewestAsync(made, 50, Cancellation));
        Assert.Equal(1, (await log.AppendAsync(made, Message("new"), 0, null, Cancellation)).Entry!.Id);
    }

    [Fact]
    public async Task A_Conversation_That_Begins_With_Its_First_Message_Is_Made_Once()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog[] logs = [fixture.NewLog(), fixture.NewLog()];
        var id = new ConversationId("p-" + Storage.Keys.NewId(), "pair");
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["LowUser"] = "sara" };

        WriteResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => logs[i % 2].AppendAsync(
            id, Message($"m{i}"), values, _ => Task.FromResult<IReadOnlyDictionary<string, object?>>(values), Cancellation)));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), results.Select(result => result.Entry!.Id).Order());
        Assert.Equal("sara", (await logs[0].ReadHeadAsync(id.Partition, Cancellation))!.Row.GetString("LowUser"));
    }

    [Fact]
    public async Task Thirty_Two_Messages_Of_The_Greatest_Length_Go_Through()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        string text = string.Concat(Enumerable.Repeat("👍", MessageRules.MaxLength / 2));

        WriteResult[] results = await Task.WhenAll(Enumerable.Range(0, 33).Select(i => log.AppendAsync(id, Message(text, $"c{i}"), 0, null, Cancellation)));

        Assert.All(results, result => Assert.Equal(WriteOutcome.Done, result.Outcome));
        Assert.All(await log.ReadNewestAsync(id, 50, Cancellation), entry => Assert.Equal(text, entry.Text));
    }
}
