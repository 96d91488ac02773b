using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessChat.Tests.Infra;

/// <summary>What azd reads, and that it, the templates and the scripts speak of the same things.</summary>
public sealed partial class DeploymentFilesTests
{
    /// <summary>Set by azd itself.</summary>
    private static readonly string[] OfAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE", "AZURE_SUBSCRIPTION_ID"];

    [Fact]
    public async Task Parameters_Are_Mains_And_Their_Defaults_Are_Too()
    {
        JsonElement file = JsonElement.Parse(Repository.Read("infra/bicep/main.parameters.json"));
        BicepParameter[] parameters = (await InfraFiles.BicepAsync("main.bicep")).Parameters;
        JsonElement values = file.GetProperty("parameters");

        Assert.EndsWith("/deploymentParameters.json#", file.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.Equal(parameters.Select(p => p.Name), values.Names());
        foreach (BicepParameter parameter in parameters)
        {
            JsonElement entry = values.GetProperty(parameter.Name);
            Assert.Equal(["value"], entry.Names());
            Match variable = Variable().Match(entry.GetProperty("value").GetString()!);
            Assert.True(variable.Success, parameter.Name);
            if (variable.Groups["default"] is { Success: true, Value: var preset })
            {
                Assert.Equal((parameter.Name, parameter.Default), (parameter.Name, preset));
            }
        }
    }

    [Fact]
    public async Task What_The_Environment_Must_Hold_Is_Set_By_Azd_Or_By_A_Script()
    {
        BicepParameter[] parameters = (await InfraFiles.BicepAsync("main.bicep")).Parameters;
        JsonElement values = JsonElement.Parse(Repository.Read("infra/bicep/main.parameters.json")).GetProperty("parameters");
        string script = Repository.Read("infra/scripts/preprovision.sh");

        foreach (BicepParameter parameter in parameters.Where(p => p.Default is null))
        {
            string name = Variable().Match(values.GetProperty(parameter.Name).GetProperty("value").GetString()!).Groups["name"].Value;
            Assert.True(OfAzd.Contains(name, StringComparer.Ordinal) || script.Contains($"azd env set {name} ", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void The_Page_Names_Every_Variable_That_Can_Be_Set()
    {
        string page = Repository.Read("docs/deploying.md");
        IEnumerable<string> variables = Variable().Matches(Repository.Read("infra/bicep/main.parameters.json")).Select(m => m.Groups["name"].Value).Append("DIRECT_SOCKETS");
        Assert.All(variables.Except(OfAzd), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Azd_Finds_The_Templates_The_App_And_The_Package()
    {
        JsonElement azd = await InfraFiles.YamlAsync("azure.yaml");
        JsonElement chat = azd.At("services", "chat");

        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", azd.GetProperty("name").GetString()!);
        Assert.Equal(["name", "requiredVersions", "infra", "services", "workflows", "hooks"], azd.Names());
        Assert.True(File.Exists(Path.Combine(Repository.Root, azd.At("infra", "path").GetString()!, azd.At("infra", "module").GetString() + ".bicep")));
        Assert.Equal(["chat"], azd.GetProperty("services").Names());
        Assert.Equal(["package --all", "provision", "deploy --all"], azd.At("workflows", "up", "steps").EnumerateArray().Select(s => s.GetProperty("azd").GetString()!));
        Assert.Equal(("function", "custom"), (chat.GetProperty("host").GetString(), chat.GetProperty("language").GetString()));
        Assert.Equal("artifacts/functions.zip", chat.GetProperty("dist").GetString());
        Assert.False(chat.GetProperty("remoteBuild").GetBoolean());
        Assert.Contains("'azd-service-name': 'chat'", (await InfraFiles.BicepAsync("modules/functionapp.bicep")).Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_Are_Scripts_That_Can_Be_Run()
    {
        JsonElement azd = await InfraFiles.YamlAsync("azure.yaml");
        JsonProperty[] hooks = [.. azd.GetProperty("hooks").EnumerateObject(), .. azd.At("services", "chat", "hooks").EnumerateObject()];

        Assert.Equal(["postdeploy", "postdown", "postprovision", "prepackage", "preprovision"], hooks.Select(h => h.Name).Order());
        foreach (JsonProperty hook in hooks)
        {
            Assert.Equal("sh", hook.Value.GetProperty("shell").GetString());
            AssertRunnable(hook.Value.GetProperty("run").GetString()!);
        }

        AssertRunnable("smoke.sh");
        AssertRunnable("infra/scripts/rotate-signing-key.sh");
    }

    [Fact]
    public async Task Scripts_Use_Outputs_That_The_Templates_Have()
    {
        string[] known =
        [
            .. (await InfraFiles.BicepAsync("main.bicep")).Outputs.Keys, .. OfAzd,
            .. Variable().Matches(Repository.Read("infra/bicep/main.parameters.json")).Select(m => m.Groups["name"].Value),
        ];
        foreach (string script in Directory.GetFiles(Path.Combine(Repository.Root, "infra", "scripts"), "*.sh"))
        {
            IEnumerable<string> needed = NeedsLine().Matches(await File.ReadAllTextAsync(script, TestContext.Current.CancellationToken)).SelectMany(m => m.Groups["names"].Value.Split(' '));
            Assert.All(needed, name => Assert.Contains(name, known));
        }
    }

    [Fact]
    public void The_Hosts_Settings_Are_Of_Names_And_Kinds_That_It_Reads()
    {
        JsonElement host = JsonElement.Parse(Repository.Read("Functions/host.json"));
        JsonElement handler = host.GetProperty("customHandler");

        Assert.Empty(host.Names().Except(["version", "functionTimeout", "customHandler", "extensions", "logging"]));
        Assert.Equal("2.0", host.GetProperty("version").GetString());
        Assert.InRange(TimeSpan.Parse(host.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
        Assert.Equal(["description", "enableProxyingHttpRequest"], handler.Names());
        Assert.Empty(handler.GetProperty("description").Names().Except(["defaultExecutablePath", "arguments"]));
        Assert.Equal(["http"], host.GetProperty("extensions").Names());
        Assert.Empty(host.At("extensions", "http").Names().Except(["routePrefix", "maxConcurrentRequests", "maxOutstandingRequests", "hsts", "customHeaders"]));
        Assert.Empty(host.GetProperty("logging").Names().Except(["logLevel", "applicationInsights"]));
    }

    [Fact]
    public void The_Hubs_Template_Gets_The_Parameters_That_It_Takes()
    {
        string script = Repository.Read("infra/scripts/postdeploy.sh");
        string[] given = [.. Assignment().Matches(script[script.IndexOf("--parameters", StringComparison.Ordinal)..]).Select(m => m.Groups["name"].Value)];
        Assert.Equal(["directSockets", "eventAudience", "functionAppHost", "webPubSubName"], given.Order());
    }

    private static void AssertRunnable(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Repository.Root, path));
        Assert.True(File.Exists(full), path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(full).HasFlag(UnixFileMode.UserExecute), path);
        }

        Assert.StartsWith("#!/usr/bin/env bash\n", File.ReadAllText(full), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^needs (?<names>[A-Z_ ]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex NeedsLine();

    [GeneratedRegex(@"\b(?<name>[a-z]\w+)=""\$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();
}
