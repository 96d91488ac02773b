using Emulator;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.HostContract;

/// <summary>Classes that share one package behind the host. They take turns: some look at what is everyone's.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedGroup : ICollectionFixture<PublishedChain>
{
    public const string Name = "Published";
}

/// <summary>The package behind the Functions host, and the emulator of Web PubSub, which calls it through the host.</summary>
public sealed class PublishedChain(AzuriteFixture azurite) : ISocketChain, IAsyncLifetime
{
    private WebPubSubEmulator? _emulator;
    private PublishedChat? _chat;

    public RunningChat Host => Chat;

    internal PublishedChat Chat => _chat ?? throw new InvalidOperationException("The chain isn't started.");

    public WebPubSubEmulator Emulator => _emulator ?? throw new InvalidOperationException("The chain isn't started.");

    public async ValueTask InitializeAsync()
    {
        WebPubSubEmulatorOptions hubs = SocketChain.EmulatorFor(functionsPort: 1);
        _emulator = await WebPubSubEmulator.StartAsync(hubs, TestContext.Current.CancellationToken);
        _chat = await PublishedChat.StartAsync(azurite.NewConnectionString(), ("WebPubSub__ConnectionString", _emulator.ConnectionString));
        SocketChain.Connect(hubs, _chat);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_chat?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        finally
        {
            await (_emulator?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
