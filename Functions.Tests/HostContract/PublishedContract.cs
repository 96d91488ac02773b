using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The package behind the Functions host.</summary>
public sealed class PublishedHost(AzuriteFixture azurite) : IContractHost, IAsyncLifetime
{
    private PublishedChat? _chat;

    public RunningChat Host => Chat;

    internal PublishedChat Chat => _chat ?? throw new InvalidOperationException("The host isn't started.");

    public async ValueTask InitializeAsync() => _chat = await PublishedChat.StartAsync(azurite.NewConnectionString());

    public ValueTask DisposeAsync() => _chat?.DisposeAsync() ?? ValueTask.CompletedTask;
}

// The contract of the package behind the Functions host.

public sealed class AccountShapePublished(PublishedHost contract) : AccountShapeTests(contract), IClassFixture<PublishedHost>;

public sealed class AddressPublished(PublishedHost contract) : AddressTests(contract), IClassFixture<PublishedHost>;

public sealed class ChangeAndDeletePublished(PublishedHost contract) : ChangeAndDeleteTests(contract), IClassFixture<PublishedHost>;

public sealed class CreateGroupPublished(PublishedHost contract) : CreateGroupTests(contract), IClassFixture<PublishedHost>;

public sealed class DashboardPublished(PublishedHost contract) : DashboardTests(contract), IClassFixture<PublishedHost>;

public sealed class MemberPublished(PublishedHost contract) : MemberTests(contract), IClassFixture<PublishedHost>;

public sealed class MessagePublished(PublishedHost contract) : MessageTests(contract), IClassFixture<PublishedHost>;

public sealed class PagePublished(PublishedHost contract) : PageTests(contract), IClassFixture<PublishedHost>;

public sealed class PermissionPublished(PublishedHost contract) : PermissionTests(contract), IClassFixture<PublishedHost>;
