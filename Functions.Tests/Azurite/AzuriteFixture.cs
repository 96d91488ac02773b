using System.Security.Cryptography;
using System.Text;
using ServerlessChat.Tests.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ServerlessChat.Tests.Azurite;

/// <summary>
/// One Azurite for the whole run, in memory. A test class asks for a storage account of its own, so tests that use tables of the
/// same names never see each other's rows.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    // Each test takes one, for a class is made anew for each. All must fit into one variable of the environment: 32,767 characters on Windows.
    private const int Accounts = 1500;

    private readonly string[] _keys = [.. Enumerable.Range(0, Accounts).Select(static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(9)))];
    private AzuriteProcess? _process;
    private int _handedOut;

    public async ValueTask InitializeAsync()
    {
        StringBuilder accounts = new();
        for (int i = 0; i < Accounts; i++)
        {
            accounts.Append(i == 0 ? "" : ";").Append(Name(i)).Append(':').Append(_keys[i]);
        }

        _process = await AzuriteProcess.StartAsync(accounts.ToString());
    }

    /// <summary>The connection string of a storage account that nobody else in this run has.</summary>
    public string NewConnectionString()
    {
        int i = Interlocked.Increment(ref _handedOut) - 1;
        return i < Accounts
            ? $"AccountName={Name(i)};AccountKey={_keys[i]};TableEndpoint={Endpoint}/{Name(i)}"
            : throw new InvalidOperationException($"All {Accounts} accounts are taken. Raise the number.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private string Endpoint => (_process ?? throw new InvalidOperationException("Azurite isn't started.")).Endpoint;

    private static string Name(int i) => $"t{i:D4}";
}
