using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Signals;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Blocks;

/// <summary>Sara and Bob on an instance with sockets, and a second instance that makes and lifts the block: nothing that the first remembers is to be believed.</summary>
public abstract class BlockChain(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Watch _watch = new();
    private WebPubSubEmulator _emulator = null!;
    private ChatHost _other = null!;

    private protected CallRecorder Calls { get; } = new();

    private protected ChatHost Host { get; private set; } = null!;

    protected ChatUser Sara { get; private set; } = null!;

    protected ChatUser Bob { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        (_emulator, Host) = await SocketChain.StartAsync(storage, emulator => new ChatHostOptions
        {
            Time = _watch,
            Configure = builder => Calls.Use(builder.Services, emulator.ConnectionString),
        });
        _other = await ChatHost.StartAsync(storage);
        (Sara, Bob) = (await Host.SignedInAsync(Rooms.NewName("سارا")), await Host.SignedInAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await Host.DisposeAsync();
        await _emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>On the other instance.</summary>
    protected Task<ApiAnswer> BlockAsync() => Sara.On(_other).BlockAsync(Bob).Is(204);

    protected Task<ApiAnswer> UnblockAsync() => Sara.On(_other).UnblockAsync(Bob).Is(204);

    /// <summary>Lets what was asked before be old.</summary>
    protected void Wait() => _watch.Advance(TimeSpan.FromSeconds(5));
}
