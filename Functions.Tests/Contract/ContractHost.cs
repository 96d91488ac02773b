using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Contract;

/// <summary>One host for a test class, over storage of its own.</summary>
public sealed class ContractHost(AzuriteFixture azurite) : IAsyncLifetime
{
    private ChatHost? _host;

    public ChatHost Host => _host ?? throw new InvalidOperationException("The host isn't started.");

    public async ValueTask InitializeAsync() => _host = await ChatHost.StartAsync(azurite.NewConnectionString());

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Two instances of the app over one storage, as in production.</summary>
public sealed class TwoHosts(AzuriteFixture azurite) : IAsyncLifetime
{
    private ChatHost? _one;
    private ChatHost? _two;

    public ChatHost One => _one ?? throw new InvalidOperationException("The host isn't started.");

    public ChatHost Two => _two ?? throw new InvalidOperationException("The host isn't started.");

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        _one = await ChatHost.StartAsync(storage);
        _two = await ChatHost.StartAsync(storage);
    }

    public async ValueTask DisposeAsync()
    {
        await (_one?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_two?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
