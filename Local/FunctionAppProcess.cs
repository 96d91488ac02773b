using System.Diagnostics;

namespace ServerlessChat.Local;

/// <summary>The function app as built beside this program, with Azurite as its storage.</summary>
internal sealed class FunctionAppProcess : ChildProcess
{
    private const int Terminate = 15;

    private readonly LocalOptions _options;

    private FunctionAppProcess(LocalOptions options, ProcessStartInfo start)
        : base("The function app", start, Path.Combine(options.LogDirectory, "functions.log"), Terminate) => _options = options;

    protected override Uri ReadyAddress => new($"http://127.0.0.1:{_options.FunctionsPort}/health/");

    public static FunctionAppProcess Start(LocalOptions options)
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { FindProgram(options.Root) } };
        foreach ((string name, string value) in Settings(options))
        {
            start.Environment[name] = value;
        }

        // Of the shell that this was started from, perhaps; the app would take it for the storage too.
        start.Environment.Remove("Tables__ServiceUri");
        return new FunctionAppProcess(options, start);
    }

    private static Dictionary<string, string> Settings(LocalOptions options) => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{options.FunctionsPort}",
        ["Tables__ConnectionString"] = ConnectionString(options),
        ["Tokens__DevelopmentKeyFile"] = Path.Combine(options.DataDirectory, "token-key"),
    };

    /// <summary>The emulator's account and key are public and the same everywhere (Azurite's documentation).</summary>
    private static string ConnectionString(LocalOptions options) =>
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"TableEndpoint={options.Tables}/devstoreaccount1";

    // bin/(configuration)/(framework) has the same two last parts for both programs.
    private static string FindProgram(string root)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string program = Path.Combine(root, "Functions", "bin", here.Parent!.Name, here.Name, "Functions.dll");
        return File.Exists(program) ? program : throw new LocalException($"{program} is not there; build the solution.");
    }
}
