using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Browser;

/// <summary>A test class of the web client: a chain and people of its own for each test.</summary>
[Collection(BrowserGroup.Name)]
public abstract class BrowserTest(AzuriteFixture azurite, BrowserFixture browser) : IAsyncLifetime
{
    protected BrowserChain Chain { get; } = new(azurite, browser.Browser);

    protected virtual ChatHostOptions? Options => null;

    public virtual async ValueTask InitializeAsync() => await Chain.StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        await Chain.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
