using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessChat.Tests.Infra;

/// <summary>The pipeline runs others' code; what it may do is bounded, and which code it is, is pinned.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))];

    [Fact]
    public void There_Are_The_Two() =>
        Assert.Equal(
            ["deploy.yml", "test.yml"],
            Workflows.Select(w => Path.GetFileName(w.Data)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task Every_Action_Is_Pinned_By_A_Commit_And_Says_Its_Version(string path)
    {
        string[] used = [.. Jobs(await InfraFiles.YamlAsync(path)).SelectMany(Steps).Select(s => s.Text("uses")).OfType<string>()];
        string source = Repository.Read(path);

        Assert.NotEmpty(used);
        Assert.All(used, action =>
        {
            Assert.Matches("^[A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40}$", action);
            Assert.Matches($@"(?m)uses: {Regex.Escape(action)} # v\d+\.\d+\.\d+$", source);
        });
        Assert.Equal(used.Length, UsesLine().Count(source));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task Nothing_Is_Allowed_But_What_A_Job_Names(string path)
    {
        JsonElement workflow = await InfraFiles.YamlAsync(path);

        Assert.Equal("{}", workflow.GetProperty("permissions").GetRawText());
        foreach (JsonElement job in Jobs(workflow))
        {
            JsonElement permissions = job.GetProperty("permissions");
            Assert.Equal("read", permissions.GetProperty("contents").GetString());
            Assert.All(permissions.EnumerateObject().Where(p => p.Value.GetString() is not "read"), p => Assert.Equal(("id-token", "write"), (p.Name, p.Value.GetString())));
            Assert.Equal(UsesOidc(job), permissions.TryGetProperty("id-token", out _));
            Assert.InRange(job.GetProperty("timeout-minutes").GetInt32(), 1, 60);
            Assert.Equal("ubuntu-24.04", job.GetProperty("runs-on").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task One_Run_Waits_For_Or_Ends_Another_And_A_Deployment_Is_Never_Cut_Off(string path)
    {
        JsonElement concurrency = (await InfraFiles.YamlAsync(path)).GetProperty("concurrency");
        Assert.NotEmpty(concurrency.GetProperty("group").GetString()!);
        Assert.Equal(!path.EndsWith("deploy.yml", StringComparison.Ordinal), concurrency.GetProperty("cancel-in-progress").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task Steps_Keep_No_Token_And_Paste_Nothing_Into_Scripts(string path)
    {
        JsonElement[] steps = [.. Jobs(await InfraFiles.YamlAsync(path)).SelectMany(Steps)];
        Assert.All(steps.Where(s => s.Text("uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) is true), s => Assert.False(s.At("with", "persist-credentials").GetBoolean()));
        Assert.All(steps.Select(s => s.Text("run")).OfType<string>(), run => Assert.DoesNotContain("${{", run, StringComparison.Ordinal));
        Assert.DoesNotContain("secrets.", Repository.Read(path), StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request_target", Repository.Read(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Deployment_Starts_By_A_Tag_In_An_Environment_And_After_The_Tests()
    {
        JsonElement workflow = await InfraFiles.YamlAsync(".github/workflows/deploy.yml");
        JsonElement deploy = workflow.At("jobs", "deploy");

        Assert.Equal(["push"], workflow.GetProperty("on").Names());
        Assert.Equal(["tags"], workflow.At("on", "push").Names());
        Assert.Equal("test", deploy.GetProperty("needs").GetString());
        Assert.Equal("production", deploy.GetProperty("environment").GetString());
        Assert.Contains(Steps(workflow.At("jobs", "test")), s => s.Text("run") is "./test.sh");
        Assert.Contains(Steps((await InfraFiles.YamlAsync(".github/workflows/test.yml")).At("jobs", "test")), s => s.Text("run") is "./test.sh");
    }

    /// <summary>GitHub's proof of identity holds for five minutes, and azd asks first whether the alpha feature is on.</summary>
    [Fact]
    public async Task A_Deployment_Signs_In_When_The_Package_Is_Made_And_Gets_Its_Tokens_At_Once()
    {
        string[] steps = [.. Steps((await InfraFiles.YamlAsync(".github/workflows/deploy.yml")).At("jobs", "deploy")).Select(s => s.Text("run") ?? s.Text("uses")!.Split('@')[0])];
        Assert.Equal(
            [
                "actions/checkout", "actions/setup-dotnet", "actions/setup-node", "./package.sh", "Azure/setup-azd", "Azure/login",
                "az account get-access-token --scope https://vault.azure.net/.default --output none",
                "azd config set auth.useAzCliAuth true", "azd config set alpha.language.custom on",
                """azd env new "$AZURE_ENV_NAME" --location "$AZURE_LOCATION" --subscription "$AZURE_SUBSCRIPTION_ID" --no-prompt""",
                "azd up --no-prompt", "actions/upload-artifact",
            ],
            steps);
        Assert.Equal("custom", (await InfraFiles.YamlAsync("azure.yaml")).At("services", "chat", "language").GetString());
        Assert.Contains("azd config set alpha.language.custom on", Repository.Read("docs/deploying.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Deployment_Passes_On_Every_Variable_With_Its_Default()
    {
        JsonElement given = (await InfraFiles.YamlAsync(".github/workflows/deploy.yml")).At("jobs", "deploy", "env");
        Match[] parameters = [.. Parameter().Matches(Repository.Read("infra/bicep/main.parameters.json")).Where(p => !p.Groups["name"].Value.StartsWith("AZURE_PRINCIPAL_", StringComparison.Ordinal))];

        Assert.NotEmpty(parameters);
        Assert.All(parameters, p =>
        {
            string preset = p.Groups["default"].Success ? $" || '{p.Groups["default"].Value}'" : "";
            Assert.Equal($"${{{{ vars.{p.Groups["name"].Value}{preset} }}}}", given.GetProperty(p.Groups["name"].Value).GetString());
        });
    }

    private static bool UsesOidc(JsonElement job) =>
        Steps(job).Any(s => s.Text("uses")?.StartsWith("Azure/login@", StringComparison.Ordinal) is true);

    private static IEnumerable<JsonElement> Jobs(JsonElement workflow) => workflow.GetProperty("jobs").EnumerateObject().Select(j => j.Value);

    private static IEnumerable<JsonElement> Steps(JsonElement job) => job.GetProperty("steps").EnumerateArray();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\s*(- )?uses:", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex UsesLine();
}

internal static class WorkflowValues
{
    /// <summary>Null when there is none.</summary>
    public static string? Text(this JsonElement step, string name) => step.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
