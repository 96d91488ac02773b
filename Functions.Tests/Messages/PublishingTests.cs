using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Sockets;
using static ServerlessChat.Tests.Messages.LogFixture;

namespace ServerlessChat.Tests.Messages;

public sealed class PublishingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_Are_Published_Once_In_The_Order_Of_Their_Ids()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        var publisher = new RecordingPublisher { Before = async () => await Task.Yield() };
        ConversationLog log = fixture.NewLog(publisher);
        ConversationId id = await CreateAsync(log);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => log.AppendAsync(id, Message($"m{i}", $"c{i}"), 0, null, Cancellation)));
        await log.AppendAsync(id, Message("again", "c7"), 0, null, Cancellation);

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), publisher.Published.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_Publisher_That_Fails_Does_Not_Fail_The_Send()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        ConversationLog log = fixture.NewLog(new RecordingPublisher { Before = () => throw new InvalidOperationException("The transport is down.") });
        ConversationId id = await CreateAsync(log);

        WriteResult result = await log.AppendAsync(id, Message("stored"), 0, null, Cancellation);

        Assert.Equal(WriteOutcome.Done, result.Outcome);
        Assert.Single(await log.ReadNewestAsync(id, 50, Cancellation));
    }

    [Fact]
    public async Task A_Slow_Publish_Holds_Up_Its_Sender_And_Not_The_Next_Store()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        var gate = new TaskCompletionSource();
        ConversationLog log = fixture.NewLog(new RecordingPublisher { Before = () => gate.Task });
        ConversationLog reader = fixture.NewLog();
        ConversationId id = await CreateAsync(log);

        Task<WriteResult> first = log.AppendAsync(id, Message("first"), 0, null, Cancellation);
        Task<WriteResult> second = log.AppendAsync(id, Message("second"), 0, null, Cancellation);
        while ((await reader.ReadHeadAsync(id.Partition, Cancellation))!.LastId < 2)
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        Assert.False(first.IsCompleted || second.IsCompleted);
        gate.SetResult();
        Assert.Equal([1, 2], (await Task.WhenAll(first, second)).Select(result => (int)result.Entry!.Id).Order()); // Both read the head first: either may be the first.
    }

    [Fact]
    public async Task When_Publishing_Does_Not_Keep_Up_A_Send_Is_Refused_Before_It_Is_Stored_And_A_Removal_Is_Not()
    {
        await using LogFixture fixture = await LogFixture.StartAsync(azurite);
        var gate = new TaskCompletionSource();
        ConversationLog log = fixture.NewLog(new RecordingPublisher { Before = () => gate.Task });
        ConversationLog reader = fixture.NewLog();
        ConversationId id = await CreateAsync(log);
        Task<WriteResult>[] unpublished = [.. Enumerable.Range(0, WriteQueue.MaxWaiting).Select(i => log.AppendAsync(id, Message($"m{i}"), 0, null, Cancellation))];
        await Eventually.Async(async () => (await reader.ReadHeadAsync(id.Partition, Cancellation))!.LastId == WriteQueue.MaxWaiting && log.KnownHead(id.Partition)?.LastId == WriteQueue.MaxWaiting, "the store");

        Task<WriteResult> oneMore = log.AppendAsync(id, Message("one more"), 0, null, Cancellation);
        var refused = await Assert.ThrowsAsync<ApiProblemException>(() => oneMore.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal(Errors.Unavailable, refused.Problem.Kind);
        Task<WriteResult> change = log.ChangeAsync(id, 0, new ConversationChange(), Cancellation);
        gate.SetResult();

        Assert.All(await Task.WhenAll(unpublished), result => Assert.Equal(WriteOutcome.Done, result.Outcome));
        Assert.Equal(WriteOutcome.Done, (await change).Outcome);
        Assert.Equal(WriteQueue.MaxWaiting + 1, (await log.AppendAsync(id, Message("again"), 1, null, Cancellation)).Entry!.Id);
    }
}
