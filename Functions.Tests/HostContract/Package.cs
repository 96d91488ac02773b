using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The package as it is uploaded: made by <c>package.sh</c>, unpacked from its zip.</summary>
internal static class Package
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    private static readonly Lazy<Task<string>> Unpacked = new(UnpackAsync);

    /// <summary>Of a package made before nothing is made anew.</summary>
    /// <returns>The folder. Nobody writes in it.</returns>
    public static Task<string> FolderAsync() => Unpacked.Value;

    /// <returns>The file.</returns>
    public static Task<string> ZipAsync() => Made.Value;

    private static async Task<string> UnpackAsync()
    {
        string zip = await ZipAsync();
        string folder = Path.Combine(Repository.Root, "artifacts", "unpacked");
        string stamp = folder + ".stamp";
        string made = $"{File.GetLastWriteTimeUtc(zip):O}";
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != made)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            await ZipFile.ExtractToDirectoryAsync(zip, folder);
            await File.WriteAllTextAsync(stamp, made);
        }

        return folder;
    }

    private static async Task<string> MakeAsync()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "package.sh")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RUNTIME"] = Runtime;
        start.Environment["QUICK"] = "1"; // One that was made in full is taken as it is.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // No process stays behind: it could keep the output open, which is read to its end.
        start.Environment["UseSharedCompilation"] = "false";
        using Process process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"package.sh failed: {output} {await errors}");
            return Path.Combine(Repository.Root, "artifacts", "functions.zip");
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"package.sh did not end within {Limit.TotalMinutes} min.", e);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Azure's where this machine can run it; else this machine's own.</summary>
    private static string Runtime
    {
        get
        {
            string system = OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}
