using System.Reflection;

namespace ServerlessChat.Tests.Infra;

/// <summary>The Bicep compiler checks the templates offline: types, properties, API versions and the linter's rules. It only warns of most of them, so a warning is a failure here.</summary>
public sealed class BicepCompilerTests : IDisposable
{
    private static readonly string? Compiler =
        typeof(BicepCompilerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(a => a.Key == "BicepCompiler")?.Value;

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-bicep-").FullName;

    public BicepCompilerTests() => Assert.SkipWhen(Compiler is null, "The compiler is fetched for Linux on x64 alone (Functions.Tests.csproj).");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("hubs.bicep")]
    public async Task Nothing_Is_Wrong_With(string file)
    {
        Assert.Equal((0, ""), await BuildAsync(Path.Combine(Repository.Root, "infra", "bicep", file)));
    }

    /// <summary>Or the test above could not fail.</summary>
    [Theory]
    [InlineData("instanceMemoryMB:", "instanceMemoryMb:", "BCP089")]
    [InlineData("keyVaultReferenceIdentity: identityId", "keyVaultReferenceIdentity: 1", "BCP036")]
    [InlineData("Microsoft.Web/sites@2024-04-01", "Microsoft.Web/sites@2024-04-07", "BCP081")]
    [InlineData("param storageName string", "param storageName string\nparam unused string", "no-unused-params")]
    public async Task A_Mistake_Is_Told(string right, string wrong, string code)
    {
        string bicep = Path.Combine(Repository.Root, "infra", "bicep");
        string source = await File.ReadAllTextAsync(Path.Combine(bicep, "modules", "functionapp.bicep"), TestContext.Current.CancellationToken);
        string changed = Path.Combine(_folder, "changed.bicep");
        File.Copy(Path.Combine(bicep, "bicepconfig.json"), Path.Combine(_folder, "bicepconfig.json"));
        await File.WriteAllTextAsync(changed, source.Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (_, string errors) = await BuildAsync(changed);

        Assert.NotEqual(source, await File.ReadAllTextAsync(changed, TestContext.Current.CancellationToken));
        Assert.Contains(code, errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Errors)> BuildAsync(string file)
    {
        ShellResult result = await Shell.RunAsync(Compiler!, ["build", file, "--outfile", Path.Combine(_folder, "built.json")]);
        return (result.Code, result.Errors.Trim());
    }
}
