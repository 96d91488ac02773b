using System.Text.Json;

namespace ServerlessChat.Tests.Infra;

/// <summary>The files that describe what runs in Azure and in the pipeline, as the readers of <c>tools/infra</c> understand them.</summary>
internal static class InfraFiles
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, BicepFile>>> Parsed = new(ReadBicepAsync);

    /// <summary>Every Bicep file by its path below <c>infra/bicep</c>, with <c>/</c>.</summary>
    public static Task<IReadOnlyDictionary<string, BicepFile>> Bicep => Parsed.Value;

    public static async Task<BicepFile> BicepAsync(string path) => (await Bicep)[path];

    /// <exception cref="InvalidOperationException">It can't be parsed.</exception>
    public static async Task<JsonElement> YamlAsync(string path)
    {
        JsonElement file = (await ReadAsync("yaml.mjs", [path])).GetProperty(path);
        string[] errors = [.. file.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!)];
        return errors is [] ? file.GetProperty("value") : throw new InvalidOperationException($"{path}: {string.Join("; ", errors)}");
    }

    /// <param name="paths">Below the repository, or absolute.</param>
    public static async Task<IReadOnlyDictionary<string, BicepFile>> ReadBicepAsync(IEnumerable<string> paths) =>
        (await ReadAsync("bicep.mjs", paths)).EnumerateObject().ToDictionary(p => p.Name, p => new BicepFile(p.Value), StringComparer.Ordinal);

    private static async Task<IReadOnlyDictionary<string, BicepFile>> ReadBicepAsync()
    {
        string folder = Path.Combine(Repository.Root, "infra", "bicep");
        string[] paths = Directory.GetFiles(folder, "*.bicep", SearchOption.AllDirectories);
        return (await ReadBicepAsync(paths)).ToDictionary(f => Path.GetRelativePath(folder, f.Key).Replace('\\', '/'), f => f.Value, StringComparer.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(string reader, IEnumerable<string> paths)
    {
        ShellResult result = await Shell.RunAsync("node", [Path.Combine(Repository.Root, "tools", "infra", reader), .. paths]);
        return result.Code == 0
            ? JsonElement.Parse(result.Output)
            : throw new InvalidOperationException($"{reader} ended with {result.Code}; npm ci --prefix tools installs what it needs. {result.Errors}");
    }
}
