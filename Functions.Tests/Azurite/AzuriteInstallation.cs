using System.Diagnostics;

namespace ServerlessChat.Tests.Azurite;

/// <summary>Finds the Azurite that <c>tools/package-lock.json</c> pins, and installs it when it isn't there.</summary>
internal static class AzuriteInstallation
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <returns>The script that starts its tables.</returns>
    public static async Task<string> FindAsync()
    {
        string tools = FindTools();
        string script = Path.Combine(tools, "node_modules", "azurite", "dist", "src", "table", "main.js");
        if (!File.Exists(script))
        {
            await InstallAsync(tools);
        }

        return File.Exists(script) ? script : throw new InvalidOperationException($"npm ci --prefix {tools} ended well but left no {script}.");
    }

    private static string FindTools()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string tools = Path.Combine(folder.FullName, "tools");
            if (File.Exists(Path.Combine(tools, "package-lock.json")))
            {
                return tools;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has tools/package-lock.json.");
    }

    private static async Task InstallAsync(string tools)
    {
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["ci", "--prefix", tools, "--no-audit", "--no-fund", "--loglevel", "error"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process npm = Process.Start(start) ?? throw new InvalidOperationException("npm didn't start. The tests need Node.js 20.");
        using CancellationTokenSource limit = new(InstallLimit, TimeProvider.System);
        string error = await npm.StandardError.ReadToEndAsync(limit.Token);
        await npm.WaitForExitAsync(limit.Token);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci --prefix {tools} ended with {npm.ExitCode}: {error}");
        }
    }
}
