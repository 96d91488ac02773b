using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Emulator.Tests.Infrastructure;

/// <summary>Runs scripts with the official npm packages, each in a process of its own. Missing packages are installed first.</summary>
internal static class NodeScript
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private static string Folder => Path.Combine(SourceFolder, "node");

    public static string SourceFolder { get; } = typeof(NodeScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key is "SourceFolder").Value!;

    /// <summary>Runs <c>node/{name}.mjs</c> and expects it to succeed; its output is the failure's text.</summary>
    /// <returns>What the script printed.</returns>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        await Installed.Value;
        var (code, output) = await StartAsync("node", [Path.Combine(Folder, $"{name}.mjs"), .. arguments]);
        Assert.True(code == 0, $"{name}.mjs failed with {code}:\n{output}");
        return output;
    }

    private static async Task InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", "@azure", "web-pubsub-client", "package.json")))
        {
            return;
        }

        var (code, output) = await StartAsync("npm", ["ci", "--no-audit", "--no-fund", "--prefix", Folder]);
        Assert.True(code == 0, $"The npm packages of the emulator's tests could not be installed (npm ci in {Folder}):\n{output}");
    }

    private static async Task<(int Code, string Output)> StartAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, output.ToString());
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
