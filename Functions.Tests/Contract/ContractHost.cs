using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Contract;

/// <summary>Who keeps the contract: the tests of this folder are run against each.</summary>
public interface IContractHost
{
    /// <summary>One for a test class, over storage of its own.</summary>
    RunningChat Host { get; }
}

/// <summary>The app in this process.</summary>
public sealed class ContractHost(AzuriteFixture azurite) : IContractHost, IAsyncLifetime
{
    private ChatHost? _host;

    public RunningChat Host => _host ?? throw new InvalidOperationException("The host isn't started.");

    public async ValueTask InitializeAsync() => _host = await ChatHost.StartAsync(azurite.NewConnectionString());

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Two instances of the app over one storage, as in production. The first reaches it through <see cref="Proxy"/>.</summary>
public interface ITwoHosts
{
    RunningChat One { get; }

    RunningChat Two { get; }

    TableProxy Proxy { get; }

    /// <summary>How often a race is run: who wins is another one's turn each time.</summary>
    int Rounds { get; }

    /// <summary>As the timer does it.</summary>
    Task SweepAsync();
}

/// <summary>Both in this process.</summary>
public sealed class TwoHosts(AzuriteFixture azurite) : ITwoHosts, IAsyncLifetime
{
    private TableProxy? _proxy;
    private ChatHost? _one;
    private ChatHost? _two;

    public RunningChat One => _one ?? throw new InvalidOperationException("The host isn't started.");

    public RunningChat Two => _two ?? throw new InvalidOperationException("The host isn't started.");

    public TableProxy Proxy => _proxy ?? throw new InvalidOperationException("The proxy isn't started.");

    public int Rounds => 6;

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        _proxy = await TableProxy.StartAsync(storage);
        _one = await ChatHost.StartAsync(_proxy.ConnectionString);
        _two = await ChatHost.StartAsync(storage);
    }

    public async Task SweepAsync()
    {
        using HttpClient timer = One.Anonymous();
        await timer.PostJsonAsync("/sweep").Is(200);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _one, _two, _proxy })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
