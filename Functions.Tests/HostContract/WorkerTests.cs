using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Hosting;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The program's life under the host: timer, orderly stop, kill.</summary>
public sealed class WorkerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private PublishedChat _chat = null!;

    public async ValueTask InitializeAsync() => _chat = await PublishedChat.StartAsync(azurite.NewConnectionString());

    public ValueTask DisposeAsync() => _chat.DisposeAsync();

    [Fact]
    public async Task The_Timer_Sweeps_What_A_Deleted_Group_Left_Behind()
    {
        ChatUser sara = await _chat.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "to be removed", "c").Is(201);
        await sara.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);
        Assert.NotEmpty(await _chat.Tables.Sweep.RowsAsync(Keys.Sweep));

        IReadOnlyList<string> logs = await _chat.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Collection(
            logs,
            rows => Assert.Matches("^Removed [1-9][0-9]* rows\\.$", rows),
            names => Assert.Equal("Took the name of an erased account out of 0 entries.", names));
        Assert.Empty(await _chat.Tables.Sweep.RowsAsync(Keys.Sweep));
        Assert.Empty(await _chat.Tables.Conversations.RowsAsync(Keys.Group(Slug.Parse(room.Slug)!)));
    }

    [Fact]
    public async Task After_An_Orderly_Stop_It_Is_Started_Again_However_Often()
    {
        ChatUser sara = await _chat.SignedInAsync();
        for (int stop = 1; stop <= 4; stop++)
        {
            await Posix.TerminateAsync(_chat.FunctionsHost.Workers.Current!.Id);
            await StartedAsync(stop + 1);
            await sara.GetAsync("/chat/profile/").Is(200);
        }
    }

    [Fact]
    public async Task Killed_While_Messages_Are_Sent_It_Comes_Back_And_Nothing_Is_Lost_Or_Doubled()
    {
        ChatUser sara = await _chat.SignedInAsync();
        Room room = await sara.OpenAsync();
        using var over = new CancellationTokenSource();
        Task<int>[] senders = [.. Enumerable.Range(0, 4).Select(s => SendAsync(sara, room, $"s{s}", over.Token))];
        for (int kill = 1; kill <= 2; kill++) // A third would be one too many for the host.
        {
            await Eventually.Async(async () => (await PageAsync(sara, room)).Length >= kill * 10, "messages");
            _chat.FunctionsHost.Workers.Current!.Kill();
            await StartedAsync(kill + 1);
        }

        await Eventually.Async(async () => (await PageAsync(sara, room)).Length >= 30, "messages after it");
        await over.CancelAsync();
        int sent = (await Task.WhenAll(senders)).Sum();

        ApiAnswer page = await sara.GetAsync(room.Path + "?after=0&limit=200").Is(200);
        Assert.InRange(sent, 30, 200);
        Assert.Equal(Enumerable.Range(1, sent).Select(i => (long)i), page.Json.Ids());
        Assert.Equal(sent, page.Json.List("messages").Select(m => m.Text("client_id")).Distinct().Count());
    }

    /// <summary>Sends one after the other, each until it is answered, as a client does.</summary>
    /// <returns>How many were.</returns>
    private static async Task<int> SendAsync(ChatUser user, Room room, string name, CancellationToken over)
    {
        int sent = 0;
        for (bool isAnswered = true; sent < 45 && (!isAnswered || !over.IsCancellationRequested); sent += isAnswered ? 1 : 0)
        {
            ApiAnswer answer = await user.SayAsync(room, "still here", $"{name}-{sent}");
            isAnswered = answer.Status is 200 or 201;
            Assert.True(isAnswered || answer.Status is 502 or 503 or 504, answer.ToString());
        }

        return sent;
    }

    private static async Task<long[]> PageAsync(ChatUser user, Room room)
    {
        ApiAnswer page = await user.GetAsync(room.Path + "?after=0&limit=200");
        return page.Status == 200 ? page.Json.Ids() : [];
    }

    private Task StartedAsync(int processes) => Eventually.Async(() => _chat.FunctionsHost.Workers.Started >= processes, $"process {processes}");
}
