using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Notifications;

/// <summary>Looking for those whom a message mentions.</summary>
public sealed class MentionTests(AzuriteFixture azurite)
{
    /// <summary>Many times what names are looked for; less than half of what one read may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_Storage_That_Does_Not_Answer_Holds_Up_No_Message()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TableProxy proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        (WebPubSubEmulator emulator, ChatHost host) = await SocketChain.StartAsync(proxy.ConnectionString);
        await using IAsyncDisposable first = emulator, second = host;
        ChatUser sara = await host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "settled").Is(201);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Gate = request =>
        {
            bool isLookup = request is { Kind: TableRequestKind.PointRead, Table: "users" };
            _ = isLookup && asked.TrySetResult();
            return isLookup ? never.Task : Task.CompletedTask;
        };

        Task<ApiAnswer> saying = sara.SayAsync(room, "@سارا @bob").Is(201);
        await asked.Task.WaitAsync(Limit, cancellation);
        Assert.False(saying.IsCompleted); // Whoever is mentioned is told before the sender is answered.
        await saying.WaitAsync(Limit, cancellation); // Long before a read is given up, with its repeats.
        never.SetResult();
    }
}
