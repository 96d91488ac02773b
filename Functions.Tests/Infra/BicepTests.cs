using System.Text.RegularExpressions;

namespace ServerlessChat.Tests.Infra;

/// <summary>What can be said of the templates without Azure; <see cref="BicepCompilerTests"/> has the compiler's word.</summary>
public sealed partial class BicepTests
{
    /// <summary>One version per type. Each stands in published type definitions or in templates that deploy; a newer one is a decision.</summary>
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "Microsoft.Authorization/roleAssignments@2022-04-01",
        "Microsoft.Consumption/budgets@2023-11-01",
        "Microsoft.Insights/actionGroups@2023-01-01",
        "Microsoft.Insights/components@2020-02-02",
        "Microsoft.Insights/metricAlerts@2018-03-01",
        "Microsoft.KeyVault/vaults@2023-07-01",
        "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31",
        "Microsoft.OperationalInsights/workspaces@2023-09-01",
        "Microsoft.Resources/resourceGroups@2024-11-01",
        "Microsoft.SignalRService/webPubSub/hubs@2024-03-01",
        "Microsoft.SignalRService/webPubSub@2024-03-01",
        "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01",
        "Microsoft.Storage/storageAccounts/blobServices@2023-05-01",
        "Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01",
        "Microsoft.Storage/storageAccounts/tableServices@2023-05-01",
        "Microsoft.Storage/storageAccounts@2023-05-01",
        "Microsoft.Web/serverfarms@2024-04-01",
        "Microsoft.Web/sites/config@2024-04-01",
        "Microsoft.Web/sites@2024-04-01",
    };

    [Fact]
    public async Task Every_File_Parses()
    {
        IReadOnlyDictionary<string, BicepFile> files = await InfraFiles.Bicep;

        Assert.Equal(["hubs.bicep", "main.bicep"], files.Keys.Where(f => !f.Contains('/')).Order());
        Assert.Empty(files.SelectMany(f => f.Value.Errors.Select(e => $"{f.Key}: {e}")));
        Assert.All(files.Values, file => Assert.NotEmpty(file.Resources.Concat(file.Modules)));
    }

    [Theory]
    [InlineData("param name string = {\n", 1)]
    [InlineData("param a string\nresource x 'A/b@2024-01-01' = {\n  name: 'x'\n  properties: { a: [1, 2 }\n}\n", 4)]
    [InlineData("output x string == 'a'\n", 1)]
    public async Task What_Is_Broken_Is_Told_With_Its_Line(string source, int line)
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, source, TestContext.Current.CancellationToken);

        string[] errors = (await InfraFiles.ReadBicepAsync([path]))[path].Errors;

        Assert.Contains(errors, e => e.StartsWith($"line {line}: ", StringComparison.Ordinal));
        File.Delete(path);
    }

    [Fact]
    public async Task Modules_Exist_And_Get_The_Parameters_That_They_Take()
    {
        IReadOnlyDictionary<string, BicepFile> files = await InfraFiles.Bicep;
        BicepFile main = files["main.bicep"];

        Assert.Equal(files.Keys.Where(f => f.Contains('/')).Order(), main.Modules.Select(m => m.Type).Order());
        foreach (BicepResource module in main.Modules)
        {
            string[] given = module.Body.GetProperty("params").Names();
            BicepParameter[] taken = files[module.Type].Parameters;
            Assert.Empty(given.Except(taken.Select(p => p.Name)).Select(p => $"{module.Type} has no {p}"));
            Assert.Empty(taken.Where(p => p.Default is null).Select(p => p.Name).Except(given).Select(p => $"{module.Type} needs {p}"));
            Assert.Equal("group", module.Body.GetProperty("scope").SourceText());
        }
    }

    [Fact]
    public async Task Outputs_That_Are_Used_Exist()
    {
        IReadOnlyDictionary<string, BicepFile> files = await InfraFiles.Bicep;
        BicepFile main = files["main.bicep"];
        Dictionary<string, string> paths = main.Modules.ToDictionary(m => m.Symbol, m => m.Type, StringComparer.Ordinal);

        Match[] uses = [.. ModuleOutput().Matches(main.Source).Cast<Match>()];

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Contains(use.Groups["output"].Value, files[paths[use.Groups["module"].Value]].Outputs.Keys));
        Assert.All(
            main.Modules.SelectMany(m => files[m.Type].Outputs.Keys.Select(output => $"{m.Symbol}.outputs.{output}")),
            output => Assert.Contains(output, main.Source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_Parameter_And_Variable_Is_Used_And_Main_Describes_Its_Own()
    {
        foreach ((string path, BicepFile file) in await InfraFiles.Bicep)
        {
            IEnumerable<string> names = file.Parameters.Select(p => p.Name).Concat(VariableName().Matches(file.Source).Select(m => m.Groups["name"].Value));
            string code = DescriptionOrComment().Replace(file.Source, "");
            Assert.Empty(names.Where(name => Regex.Count(code, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)) < 2).Select(name => $"{path}: {name}"));
            Assert.Empty(file.Resources.Where(r => r.IsExisting && Regex.Count(code, $@"\b{r.Symbol}\b", RegexOptions.None, TimeSpan.FromSeconds(1)) < 2).Select(r => r.Symbol));
        }

        Assert.All((await InfraFiles.BicepAsync("main.bicep")).Parameters, p => Assert.True(p.IsDescribed, p.Name));
    }

    [Fact]
    public async Task Types_Are_Pinned_To_One_Known_Version()
    {
        string[] types = [.. (await InfraFiles.Bicep).Values.SelectMany(f => f.Resources).Select(r => r.Type).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(Types.Order(StringComparer.Ordinal), types);
        Assert.Equal(types.Length, types.Select(t => t.Split('@')[0]).Distinct().Count());
    }

    [GeneratedRegex(@"\b(?<module>\w+)\.outputs\.(?<output>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ModuleOutput();

    [GeneratedRegex(@"^var (?<name>\w+) =", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^@description\(.*\)$|(^|\s)//.*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex DescriptionOrComment();
}
