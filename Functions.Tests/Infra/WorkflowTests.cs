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

    private static bool UsesOidc(JsonElement job) =>
        Steps(job).Any(s => s.Text("uses")?.StartsWith("Azure/login@", StringComparison.Ordinal) is true);

    private static IEnumerable<JsonElement> Jobs(JsonElement workflow) => workflow.GetProperty("jobs").EnumerateObject().Select(j => j.Value);

    private static IEnumerable<JsonElement> Steps(JsonElement job) => job.GetProperty("steps").EnumerateArray();

    [GeneratedRegex(@"^\s*(- )?uses:", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex UsesLine();
}

internal static class WorkflowValues
{
    /// <summary>Null when there is none.</summary>
    public static string? Text(this JsonElement step, string name) => step.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
