using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The races, which share two packages. They take turns: each does its own harm at the proxy.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedRaces : ICollectionFixture<PublishedPair>
{
    public const string Name = "Published races";
}

/// <summary>Two packages, each behind a host of its own, over one storage. The first reaches it through <see cref="Proxy"/>.</summary>
public sealed class PublishedPair(AzuriteFixture azurite) : ITwoHosts, IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _parts = new();
    private PublishedChat? _one;
    private PublishedChat? _two;
    private TableProxy? _proxy;

    public RunningChat One => _one ?? throw new InvalidOperationException("The host isn't started.");

    public RunningChat Two => _two ?? throw new InvalidOperationException("The host isn't started.");

    public TableProxy Proxy => _proxy ?? throw new InvalidOperationException("The proxy isn't started.");

    /// <summary>Fewer than in the tests' own process: they cost three times as much here, and it is the same code.</summary>
    public int Rounds => 2;

    public async ValueTask InitializeAsync()
    {
        string storage = azurite.NewConnectionString();
        _parts.Push(_proxy = await TableProxy.StartAsync(storage));
        _parts.Push(_one = await PublishedChat.StartAsync(_proxy.ConnectionString));
        _parts.Push(_two = await PublishedChat.StartAsync(storage));
    }

    public Task SweepAsync() => _one!.SweepAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_parts.TryPop(out IAsyncDisposable? part))
        {
            try
            {
                await part.DisposeAsync();
            }
            finally
            {
                await DisposeAsync();
            }
        }
    }
}

[Collection(PublishedRaces.Name)]
public sealed class BlockRacePublished(PublishedPair hosts) : BlockRaceTests(hosts);

[Collection(PublishedRaces.Name)]
public sealed class DashboardRacePublished(PublishedPair hosts) : DashboardRaceTests(hosts);

[Collection(PublishedRaces.Name)]
public sealed class DeletionRacePublished(PublishedPair hosts) : DeletionRaceTests(hosts);

[Collection(PublishedRaces.Name)]
public sealed class MemberRacePublished(PublishedPair hosts) : MemberRaceTests(hosts);

[Collection(PublishedRaces.Name)]
public sealed class NameRacePublished(PublishedPair hosts) : NameRaceTests(hosts);
