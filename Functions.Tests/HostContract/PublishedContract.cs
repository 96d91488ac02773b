using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Exporting;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The package behind the Functions host, as a class finds it: with the classes before it, and without their public groups.</summary>
/// <remarks>A dashboard shows the first fifty public groups by name. Over storage of its own a class makes fewer and finds each there.</remarks>
public sealed class PublishedHost(PublishedChain chain) : IContractHost, IAsyncLifetime
{
    public RunningChat Host => chain.Host;

    public async ValueTask InitializeAsync()
    {
        TableClient directory = chain.Host.Tables.Directory;
        for (int shard = 0; shard < Keys.DirectoryShards; shard++)
        {
            foreach (TableEntity[] listings in (await directory.RowsAsync($"{shard}")).Chunk(100))
            {
                await directory.SubmitTransactionAsync(
                    listings.Select(l => new TableTransactionAction(TableTransactionActionType.Delete, l)), TestContext.Current.CancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

// The contract of the package behind the Functions host.

[Collection(PublishedGroup.Name)]
public sealed class AccountShapePublished(PublishedHost contract) : AccountShapeTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class AddressPublished(PublishedHost contract) : AddressTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class BadInputPublished(PublishedHost contract) : BadInputTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class BlockPublished(PublishedHost contract) : BlockTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class BlockListPublished(PublishedHost contract) : BlockListTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class ChangeAndDeletePublished(PublishedHost contract) : ChangeAndDeleteTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class ChannelPublished(PublishedChain chain) : ChannelTests(chain);

[Collection(PublishedGroup.Name)]
public sealed class CreateGroupPublished(PublishedHost contract) : CreateGroupTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class DashboardPublished(PublishedHost contract) : DashboardTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class DirectoryPublished(PublishedHost contract) : DirectoryTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class DoubtPublished(PublishedHost contract) : DoubtTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class ErasurePublished(PublishedHost contract) : ErasureTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class ExportPublished(PublishedHost contract) : ExportContractTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class HeirPublished(PublishedHost contract) : HeirTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class MemberPublished(PublishedHost contract) : MemberTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class MessagePublished(PublishedHost contract) : MessageTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class PagePublished(PublishedHost contract) : PageTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class PermissionPublished(PublishedHost contract) : PermissionTests(contract), IClassFixture<PublishedHost>;

[Collection(PublishedGroup.Name)]
public sealed class RevisionPublished(PublishedHost contract) : RevisionTests(contract), IClassFixture<PublishedHost>;
