namespace ServerlessChat.Tests.Infra;

/// <summary>Azure remembers that it could not read what a setting refers to in the vault: the script after the resources makes it read again.</summary>
public sealed class KeyReferenceTests : IDisposable
{
    private static readonly Dictionary<string, string?> Provisioned = new(StringComparer.Ordinal)
    {
        ["AZURE_SUBSCRIPTION_ID"] = "sub-x",
        ["AZURE_KEY_VAULT_NAME"] = "kv-x",
        ["AZURE_RESOURCE_GROUP"] = "rg-x",
        ["AZURE_FUNCTION_NAME"] = "func-x",
    };

    private readonly FakeAzure _azure = new();

    public KeyReferenceTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are bash, and so are the stand-ins.");

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task The_Key_Is_Read_Again_Until_It_Is_And_Then_The_App_Starts_Anew()
    {
        _azure.Unread(2);

        ShellResult result = await _azure.RunAsync("postprovision.sh", Provisioned);

        Assert.True(result.Code == 0, result.Errors);
        Assert.Equal("", result.Errors);
        Assert.Equal(3, Refreshes());
        Assert.Equal("az functionapp restart --resource-group rg-x --name func-x --output none", _azure.Calls[^1]);
        Assert.Contains(
            "az rest --method GET --url /subscriptions/sub-x/resourceGroups/rg-x/providers/Microsoft.Web/sites/func-x/config/configreferences/appsettings/Tokens__Keys__0__Secret?api-version=2022-03-01 --query properties.status --output tsv",
            _azure.Calls);
    }

    [Fact]
    public async Task A_Key_That_Was_There_And_Not_Read_Is_Read_By_The_Next_Run()
    {
        _azure.Unread(1);
        ShellResult first = await _azure.RunAsync("postprovision.sh", new(Provisioned, StringComparer.Ordinal) { ["ROLE_SECONDS"] = "0" });
        Assert.Equal(0, first.Code);
        Assert.Contains("Azure has not read the app's key yet (SecretNotFound)", first.Errors, StringComparison.Ordinal);

        ShellResult second = await _azure.RunAsync("postprovision.sh", Provisioned);
        Assert.Equal((0, ""), (second.Code, second.Errors));
        Assert.Equal(2, _azure.Calls.Count(IsRestart));

        await _azure.RunAsync("postprovision.sh", Provisioned);
        Assert.Equal((2, 2), (Refreshes(), _azure.Calls.Count(IsRestart)));
    }

    [Fact]
    public async Task Where_Azure_Does_Not_Say_The_App_Starts_Anew_With_A_New_Key_Alone()
    {
        _azure.HideReferences();
        ShellResult first = await _azure.RunAsync("postprovision.sh", Provisioned);
        ShellResult second = await _azure.RunAsync("postprovision.sh", Provisioned);

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Equal((1, 1), (Refreshes(), _azure.Calls.Count(IsRestart)));
    }

    /// <summary>The script names a setting of the template.</summary>
    [Fact]
    public async Task The_Setting_Is_One_That_Refers_To_The_Vault()
    {
        BicepFile file = await InfraFiles.BicepAsync("modules/functionapp.bicep");
        Assert.StartsWith("'@Microsoft.KeyVault(", file.Variable("settings").GetProperty("Tokens__Keys__0__Secret").SourceText(), StringComparison.Ordinal);
        Assert.Contains(" Tokens__Keys__0__Secret ", Repository.Read("infra/scripts/postprovision.sh"), StringComparison.Ordinal);
    }

    private int Refreshes() => _azure.Calls.Count(c => c.Contains("configreferences/appsettings/refresh", StringComparison.Ordinal));

    private static bool IsRestart(string call) => call.StartsWith("az functionapp restart ", StringComparison.Ordinal);
}
