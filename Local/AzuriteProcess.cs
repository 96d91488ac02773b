using System.Diagnostics;

namespace ServerlessChat.Local;

/// <summary>Azurite's Table Storage, of the version that tools/package-lock.json pins, with its data in the data folder.</summary>
internal sealed class AzuriteProcess : ChildProcess
{
    // Azurite writes its data to disk when it is interrupted; on SIGTERM the last seconds are lost.
    private const int Interrupt = 2;

    private readonly LocalOptions _options;

    private AzuriteProcess(LocalOptions options, ProcessStartInfo start)
        : base("Azurite", start, Path.Combine(options.LogDirectory, "azurite.log"), Interrupt) => _options = options;

    protected override Uri ReadyAddress => new(_options.Tables);

    public static AzuriteProcess Start(LocalOptions options) => new(options, new ProcessStartInfo("node")
    {
        ArgumentList =
        {
            Path.Combine(options.ToolsDirectory, "node_modules", "azurite", "dist", "src", "table", "main.js"),
            "--tableHost", "127.0.0.1",
            "--tablePort", $"{options.TablesPort}",
            "--location", Directory.CreateDirectory(Path.Combine(options.DataDirectory, "azurite")).FullName,
            "--tableKeepAliveTimeout", "60",
            "--silent",
            "--disableTelemetry",
        },
    });

    /// <summary>Installs what tools/package-lock.json says, unless it is there.</summary>
    /// <exception cref="LocalException">npm is missing or failed.</exception>
    public static async Task InstallAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        var installed = new FileInfo(Path.Combine(options.ToolsDirectory, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(options.ToolsDirectory, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
        {
            return;
        }

        Console.WriteLine("Installing Azurite …");
        using Process npm = StartNpm(options.ToolsDirectory);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new LocalException($"npm ci in {options.ToolsDirectory} ended with exit code {npm.ExitCode}.");
        }
    }

    private static Process StartNpm(string directory)
    {
        try
        {
            string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            return Process.Start(new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--loglevel", "error"]) { WorkingDirectory = directory })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new LocalException("npm is not there; install Node.js 20 or newer (https://nodejs.org).");
        }
    }
}
