using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessChat.Bench.Processes;

/// <summary>A build of the function app or the emulator, in a folder that is removed at the end.</summary>
internal sealed class Publication : IDisposable
{
    private const string Functions = "Functions";

    private Publication(string name, string directory)
    {
        Name = name;
        Directory = directory;
    }

    public string Name { get; }

    public string Directory { get; }

    public static Task<Publication> JitAsync(CancellationToken cancellationToken) => PublishAsync("JIT, framework-dependent", Functions, [], cancellationToken);

    public static Task<Publication> ReadyToRunAsync(CancellationToken cancellationToken) => PublishAsync(
        "ReadyToRun, framework-dependent",
        Functions,
        ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true"],
        cancellationToken);

    public static Task<Publication> CompositeAsync(CancellationToken cancellationToken) => PublishAsync(
        "ReadyToRun composite, self-contained",
        Functions,
        ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "true", "-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true"],
        cancellationToken);

    public static Task<Publication> EmulatorAsync(CancellationToken cancellationToken) => PublishAsync("the emulator", "Emulator", [], cancellationToken);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private static async Task<Publication> PublishAsync(string name, string project, string[] options, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"Publishing: {name} …");
        var publication = new Publication(name, System.IO.Directory.CreateTempSubdirectory("chat-bench-").FullName);
        try
        {
            string file = Path.Combine(Repository.Root, project, $"{project}.csproj");
            string[] arguments = ["publish", file, "-c", "Release", "-v", "q", "--nologo", "-o", publication.Directory, .. options];
            await using var dotnet = ChildProcess.Start("dotnet publish", new ProcessStartInfo("dotnet", arguments));
            await dotnet.WaitForSuccessAsync(cancellationToken);
            return publication;
        }
        catch
        {
            publication.Dispose();
            throw;
        }
    }
}
