using Azure.Core;
using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>
/// A join is stored, and then its notifications sockets are put into the group. When the removal of the same person, by another instance, overtakes that second step, the step must not leave
/// somebody behind who hears a group that no list of members shows them in.
/// </summary>
public sealed class LateJoinTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly CallRecorder _calls = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _host = null!;
    private ChatHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        (_emulator, _host) = await SocketChain.StartAsync(storage, emulator => new ChatHostOptions
        {
            Configure = builder => _calls.Use(builder.Services, emulator.ConnectionString),
        });
        _other = await ChatHost.StartAsync(storage, new ChatHostOptions
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WebPubSub:ConnectionString"] = _emulator.ConnectionString },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _host.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("joins")]
    [InlineData("posts")]
    [InlineData("is invited")]
    public async Task Who_Is_Removed_Before_The_Join_Reached_Web_PubSub_Hears_Nothing(string how)
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket notifications = await eve.OpenNotificationsAsync();
        (Task held, TaskCompletionSource release) = HoldJoin();
        Task<ApiAnswer> joining = how switch
        {
            "joins" => eve.PostAsync($"{room.Path}join/"),
            "posts" => eve.SayAsync(room, "hello"),
            _ => sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{eve.Username}/"),
        };
        await held.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await eve.On(_other).SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/").Is(204);
        release.SetResult();
        await joining;

        await sara.SendAsync(HttpMethod.Patch, room.Path, new { type = "private" }).Is(200);
        await sara.SayAsync(room, "for members").Is(201);
        await sara.PostAsync($"/chat/private/{eve.Username}/", new { message = "the end" }).Is(201);

        // The socket is closed, or comes to the end without having heard it.
        await foreach (string frame in notifications.ReceiveAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.DoesNotContain("for members", frame, StringComparison.Ordinal);
            if (frame.Contains("the end", StringComparison.Ordinal))
            {
                break;
            }
        }

        await eve.GetAsync(room.Path).IsProblem(404, "not_found");
    }

    /// <summary>Holds back the first call that puts a person into a group.</summary>
    private (Task Held, TaskCompletionSource Release) HoldJoin()
    {
        (TaskCompletionSource held, TaskCompletionSource release) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        _calls.Before = message => message.Request.Method == RequestMethod.Put && held.TrySetResult() ? release.Task : Task.CompletedTask;
        return (held.Task, release);
    }
}
