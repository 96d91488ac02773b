using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Exporting;

namespace ServerlessChat.Tests.Contract;

// The contract of the app in this process.

public sealed class AccountShapeInProcess(ContractHost contract) : AccountShapeTests(contract), IClassFixture<ContractHost>;

public sealed class AddressInProcess(ContractHost contract) : AddressTests(contract), IClassFixture<ContractHost>
{
    private readonly RunningChat _inProcess = contract.Host;

    [Fact]
    public async Task The_Sweep_Can_Not_Be_Started_From_Outside()
    {
        using HttpClient client = _inProcess.Anonymous();
        await client.PostJsonAsync("/sweep").Is(200);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");

        await client.PostJsonAsync("/sweep").IsProblem(404, "not_found");
        await client.PostJsonAsync("/SWEEP/").IsProblem(404, "not_found");
        await client.PostJsonAsync("/%73weep").IsProblem(404, "not_found");
    }
}

public sealed class BadInputInProcess(ContractHost contract) : BadInputTests(contract), IClassFixture<ContractHost>;

public sealed class BlockInProcess(ContractHost contract) : BlockTests(contract), IClassFixture<ContractHost>;

public sealed class BlockListInProcess(ContractHost contract) : BlockListTests(contract), IClassFixture<ContractHost>;

public sealed class BlockRaceInProcess(TwoHosts hosts) : BlockRaceTests(hosts), IClassFixture<TwoHosts>;

public sealed class ChangeAndDeleteInProcess(ContractHost contract) : ChangeAndDeleteTests(contract), IClassFixture<ContractHost>;

public sealed class CreateGroupInProcess(ContractHost contract) : CreateGroupTests(contract), IClassFixture<ContractHost>;

public sealed class DashboardRaceInProcess(TwoHosts hosts) : DashboardRaceTests(hosts), IClassFixture<TwoHosts>;

public sealed class DashboardInProcess(ContractHost contract) : DashboardTests(contract), IClassFixture<ContractHost>;

public sealed class DeletionRaceInProcess(TwoHosts hosts) : DeletionRaceTests(hosts), IClassFixture<TwoHosts>;

public sealed class DirectoryInProcess(ContractHost contract) : DirectoryTests(contract), IClassFixture<ContractHost>;

public sealed class DoubtInProcess(ContractHost contract) : DoubtTests(contract), IClassFixture<ContractHost>;

public sealed class ErasureInProcess(ContractHost contract) : ErasureTests(contract), IClassFixture<ContractHost>;

public sealed class ExportInProcess(ContractHost contract) : ExportContractTests(contract), IClassFixture<ContractHost>;

public sealed class HeirInProcess(ContractHost contract) : HeirTests(contract), IClassFixture<ContractHost>;

public sealed class MemberRaceInProcess(TwoHosts hosts) : MemberRaceTests(hosts), IClassFixture<TwoHosts>;

public sealed class MemberInProcess(ContractHost contract) : MemberTests(contract), IClassFixture<ContractHost>;

public sealed class MessageInProcess(ContractHost contract) : MessageTests(contract), IClassFixture<ContractHost>;

public sealed class NameRaceInProcess(TwoHosts hosts) : NameRaceTests(hosts), IClassFixture<TwoHosts>;

public sealed class PageInProcess(ContractHost contract) : PageTests(contract), IClassFixture<ContractHost>;

public sealed class PermissionInProcess(ContractHost contract) : PermissionTests(contract), IClassFixture<ContractHost>;

public sealed class RevisionInProcess(ContractHost contract) : RevisionTests(contract), IClassFixture<ContractHost>;
