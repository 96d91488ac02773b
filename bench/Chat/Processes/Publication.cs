using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServerlessChat.Bench.Processes;

/// <summary>A build of the function app or the emulator, in a folder that is removed at the end.</summary>
internal sealed class Publication : IDisposable
{
    private const string Functions = "Functions";

    private readonly bool _isOurs;

    private Publication(string name, string directory, string program, bool isOurs)
    {
        Name = name;
        Directory = directory;
        Program = program;
        _isOurs = isOurs;
    }

    public string Name { get; }

    public string Directory { get; }

    /// <summary>The executable's name, without <c>.exe</c>.</summary>
    public string Program { get; }

    /// <summary>The app that has nothing but one route.</summary>
    public bool IsBare => Program is "Bare";

    private static string[] Composite => ["-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true"];

    private static string[] ReadyToRun => ["-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=false"];

    // Not trimmed: the trimmer takes .NET's own compiled code away, and nothing would put it back.
    private static string[] Jit => ["-p:PublishReadyToRun=false", "-p:PublishReadyToRunComposite=false", "-p:PublishTrimmed=false"];

    /// <summary>What is deployed, for this machine.</summary>
    public static Task<Publication> PackageAsync(CancellationToken cancellationToken) => PublishAsync("composite", Functions, [.. OfThisMachine, .. Composite], cancellationToken);

    /// <summary>The same with all of .NET and of the libraries.</summary>
    public static Task<Publication> UntrimmedAsync(CancellationToken cancellationToken) =>
        PublishAsync("composite, not trimmed", Functions, [.. OfThisMachine, .. Composite, "-p:PublishTrimmed=false"], cancellationToken);

    public static Task<Publication> JitAsync(CancellationToken cancellationToken) => PublishAsync("JIT", Functions, [.. OfThisMachine, .. Jit], cancellationToken);

    public static Task<Publication> ReadyToRunAsync(CancellationToken cancellationToken) =>
        PublishAsync("ReadyToRun", Functions, [.. OfThisMachine, .. ReadyToRun], cancellationToken);

    /// <summary>The bare app, as the package is published.</summary>
    public static Task<Publication> BareAsync(CancellationToken cancellationToken) =>
        PublishAsync("bare, composite", "bench/Bare", [.. OfThisMachine, .. Composite], cancellationToken);

    /// <summary>A folder that was published before, which stays.</summary>
    public static Publication Existing(string directory, bool isBare) => new(directory, directory, isBare ? "Bare" : Functions, isOurs: false);

    public static Task<Publication> EmulatorAsync(CancellationToken cancellationToken) => PublishAsync("the emulator", "Emulator", [], cancellationToken);

    public void Dispose()
    {
        if (_isOurs)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static string[] OfThisMachine => ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "true"];

    private static async Task<Publication> PublishAsync(string name, string project, string[] options, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"Publishing: {name} …");
        var publication = new Publication(name, System.IO.Directory.CreateTempSubdirectory("chat-bench-").FullName, Path.GetFileName(project), isOurs: true);
        try
        {
            string file = Path.Combine(Repository.Root, project, $"{Path.GetFileName(project)}.csproj");
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
