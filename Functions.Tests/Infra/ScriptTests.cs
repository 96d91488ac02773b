namespace ServerlessChat.Tests.Infra;

/// <summary>The scripts around a deployment, against a stand-in for the command lines of Azure.</summary>
public sealed class ScriptTests : IDisposable
{
    private static readonly Dictionary<string, string?> Provisioned = new(StringComparer.Ordinal)
    {
        ["AZURE_SUBSCRIPTION_ID"] = "sub-x",
        ["AZURE_KEY_VAULT_NAME"] = "kv-x",
        ["AZURE_RESOURCE_GROUP"] = "rg-x",
        ["AZURE_FUNCTION_NAME"] = "func-x",
    };

    private readonly FakeAzure _azure = new();

    public ScriptTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are bash, and so are the stand-ins.");

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task The_Signing_Key_Is_Made_Once_And_Shown_To_Nobody()
    {
        ShellResult first = await _azure.RunAsync("postprovision.sh", Provisioned);
        string? made = _azure.Secret("token-key-1");
        ShellResult second = await _azure.RunAsync("postprovision.sh", Provisioned);

        Assert.True((first.Code, second.Code) == (0, 0), first.Errors + second.Errors);
        Assert.Equal(48, Convert.FromBase64String(made!).Length);
        Assert.Equal(made, _azure.Secret("token-key-1"));
        Assert.Single(_azure.Calls, c => c.StartsWith("az keyvault secret set ", StringComparison.Ordinal));
        Assert.Single(_azure.Calls, c => c.StartsWith("az functionapp restart ", StringComparison.Ordinal));
        Assert.Empty(_azure.Leftovers());
        Assert.DoesNotContain(_azure.Calls.Append(first.Output + first.Errors + second.Output + second.Errors), text => text.Contains(made!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Role_That_Does_Not_Hold_Yet_Is_Waited_For()
    {
        _azure.Refuse(3);
        ShellResult result = await _azure.RunAsync("postprovision.sh", Provisioned);
        Assert.True(result.Code == 0, result.Errors);
        Assert.NotNull(_azure.Secret("token-key-1"));
    }

    [Fact]
    public async Task A_Vault_That_Lets_Nobody_In_Gets_No_Key_And_Ends_The_Deployment()
    {
        _azure.Refuse(1000);
        ShellResult result = await _azure.RunAsync("postprovision.sh", new(Provisioned, StringComparer.Ordinal) { ["ROLE_SECONDS"] = "0" });
        Assert.Equal(1, result.Code);
        Assert.Contains("the vault kv-x does not answer: Forbidden", result.Errors, StringComparison.Ordinal);
        Assert.Null(_azure.Secret("token-key-1"));
    }

    [Fact]
    public async Task A_Key_That_The_Vault_Does_Not_Take_Stays_Nowhere()
    {
        _azure.BreakVault();
        ShellResult result = await _azure.RunAsync("postprovision.sh", Provisioned);
        Assert.Equal(1, result.Code);
        Assert.Contains("Conflict", result.Errors, StringComparison.Ordinal);
        Assert.Contains(_azure.Calls, c => c.StartsWith("az keyvault secret set ", StringComparison.Ordinal));
        Assert.Empty(_azure.Leftovers());
    }

    [Fact]
    public async Task The_Entra_Application_And_The_Budgets_Month_Are_Made_Once()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AZURE_ENV_NAME"] = "test" };
        ShellResult first = await _azure.RunAsync("preprovision.sh", environment);
        string audience = _azure.Values["EVENT_AUDIENCE"];
        string month = _azure.Values["BUDGET_START"];
        ShellResult lost = await _azure.RunAsync("preprovision.sh", environment); // Another machine, with nothing in its environment.
        ShellResult known = await _azure.RunAsync("preprovision.sh", new(environment, StringComparer.Ordinal) { ["EVENT_AUDIENCE"] = audience, ["BUDGET_START"] = month });

        Assert.True((first.Code, lost.Code, known.Code) == (0, 0, 0), first.Errors + lost.Errors + known.Errors);
        Assert.Equal(audience, _azure.Values["EVENT_AUDIENCE"]);
        Assert.Matches(@"^\d{4}-\d\d-01$", month);
        Assert.Single(_azure.Calls, c => c.StartsWith("az ad app create --display-name serverlesschat-events-test ", StringComparison.Ordinal));
        Assert.Single(_azure.Calls, c => c.StartsWith("az ad sp create ", StringComparison.Ordinal));
        Assert.Equal(2, _azure.Calls.Count(c => c.Contains("""{"api":{"requestedAccessTokenVersion":2}}""", StringComparison.Ordinal)));
        Assert.Equal(2, _azure.Calls.Count(c => c.StartsWith("azd env set EVENT_AUDIENCE ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("serverlesschat-events-test", 1, "")]
    [InlineData("made-by-somebody-else", 0, "app-x")]
    public async Task Taking_It_Down_Forgets_What_Is_No_More(string application, int deleted, string audience)
    {
        _azure.NameApplication(application);
        await _azure.RunAsync("preprovision.sh", new(StringComparer.Ordinal) { ["AZURE_ENV_NAME"] = "test", ["EVENT_AUDIENCE"] = "app-x" });

        ShellResult down = await _azure.RunAsync("postdown.sh", new(StringComparer.Ordinal) { ["AZURE_ENV_NAME"] = "test", ["EVENT_AUDIENCE"] = "app-x" });

        Assert.True(down.Code == 0, down.Errors);
        Assert.Equal(deleted, _azure.Calls.Count(c => c == "az ad app delete --id app-x"));
        Assert.Equal(audience, _azure.Values.GetValueOrDefault("EVENT_AUDIENCE", "app-x"));
        Assert.Equal(("", ""), (_azure.Values["BUDGET_START"], _azure.Values["PREVIOUS_TOKEN_KEY_ID"]));
    }

    [Theory]
    [InlineData("preprovision.sh")]
    [InlineData("postprovision.sh")]
    [InlineData("postdown.sh")]
    public async Task In_Another_Subscription_Than_Azds_Nothing_Is_Done(string script)
    {
        ShellResult result = await _azure.RunAsync(script, new(Provisioned, StringComparer.Ordinal) { ["AZURE_ENV_NAME"] = "test", ["AZURE_SUBSCRIPTION_ID"] = "sub-y" });
        Assert.Equal(1, result.Code);
        Assert.Contains("az account set --subscription sub-y", result.Errors, StringComparison.Ordinal);
        Assert.All(_azure.Calls, c => Assert.StartsWith("az account show ", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Rotation_Keeps_The_Old_Key_Until_It_Is_Finished()
    {
        await _azure.RunAsync("postprovision.sh", Provisioned);
        string? old = _azure.Secret("token-key-1");

        ShellResult rotated = await _azure.RunAsync("rotate-signing-key.sh", []);
        Assert.True(rotated.Code == 0, rotated.Errors);
        Assert.Equal(("token-key-2", "token-key-1"), (_azure.Values["TOKEN_KEY_ID"], _azure.Values["PREVIOUS_TOKEN_KEY_ID"]));
        Assert.Equal(old, _azure.Secret("token-key-1"));
        Assert.NotEqual(old, _azure.Secret("token-key-2"));

        ShellResult tooEarly = await _azure.RunAsync("rotate-signing-key.sh", []);
        Assert.Equal(1, tooEarly.Code);
        Assert.Null(_azure.Secret("token-key-3"));

        ShellResult finished = await _azure.RunAsync("rotate-signing-key.sh", [], "--finish");
        Assert.True(finished.Code == 0, finished.Errors);
        Assert.Equal(("token-key-2", ""), (_azure.Values["TOKEN_KEY_ID"], _azure.Values["PREVIOUS_TOKEN_KEY_ID"]));
        Assert.Equal(2, _azure.Calls.Count(c => c == "azd provision"));
    }

    [Theory]
    [InlineData("preprovision.sh", "AZURE_ENV_NAME")]
    [InlineData("postprovision.sh", "AZURE_SUBSCRIPTION_ID")]
    [InlineData("postdeploy.sh", "AZURE_RESOURCE_GROUP")]
    [InlineData("postdown.sh", "AZURE_ENV_NAME")]
    public async Task Without_Azds_Environment_A_Script_Does_Nothing_And_Says_Why(string script, string missing)
    {
        ShellResult result = await _azure.RunAsync(script, new(StringComparer.Ordinal) { [missing] = null });
        Assert.Equal(1, result.Code);
        Assert.Contains($"{missing} is not set", result.Errors, StringComparison.Ordinal);
        Assert.Empty(_azure.Calls);
    }
}
