using System.Diagnostics;

namespace ServerlessChat.Local;

/// <summary>The function app as built beside this program, with the emulators, or what the environment names in their place, as its services.</summary>
internal sealed class FunctionAppProcess : ChildProcess
{
    private const int Terminate = 15;

    private readonly LocalOptions _options;

    private FunctionAppProcess(LocalOptions options, ProcessStartInfo start)
        : base("The function app", start, Path.Combine(options.LogDirectory, "functions.log"), Terminate) => _options = options;

    protected override Uri ReadyAddress => new($"http://127.0.0.1:{_options.FunctionsPort}/health/");

    public static FunctionAppProcess Start(LocalOptions options) => new(options, StartInfo(options));

    /// <summary>The program with the settings of the local run.</summary>
    /// <param name="arguments">None to serve.</param>
    public static ProcessStartInfo StartInfo(LocalOptions options, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [options.FindProgram("Functions"), .. arguments]);
        foreach ((string name, string value) in Settings(options))
        {
            start.Environment[name] = value;
        }

        if (options.HasAzurite)
        {
            // Of the shell that this was started from, perhaps; the app would take it for the storage too.
            start.Environment.Remove("Tables__ServiceUri");
        }

        start.Environment.Remove("WebPubSub__Endpoint");
        return start;
    }

    private static IEnumerable<(string Name, string Value)> Settings(LocalOptions options)
    {
        yield return ("ASPNETCORE_ENVIRONMENT", "Development");
        yield return ("FUNCTIONS_CUSTOMHANDLER_PORT", $"{options.FunctionsPort}");
        yield return ("Tables__ConnectionString", options.TablesConnectionString);
        yield return ("WebPubSub__ConnectionString", options.WebPubSubConnectionString);
        yield return ("Tokens__DevelopmentKeyFile", Path.Combine(options.DataDirectory, "token-key"));
    }
}
