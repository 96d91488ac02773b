using System.Globalization;

namespace ServerlessChat.Local;

/// <summary>What may be set from outside, by environment variables (docs/configuration.md).</summary>
/// <param name="Root">The folder with the solution.</param>
/// <param name="DataDirectory">Azurite's data, the token key and the logs; made when it does not exist.</param>
/// <param name="OtherTables">A connection string of the environment; null: Azurite is started.</param>
/// <param name="OtherWebPubSub">A connection string of the environment; null: the emulator is started.</param>
internal sealed record LocalOptions(
    string Root, string DataDirectory, int GatewayPort, int FunctionsPort, int EmulatorPort, int TablesPort, string? OtherTables, string? OtherWebPubSub)
{
    /// <summary>The emulators' keys are public and the same everywhere (the documentation of Azurite and of Web PubSub's emulator).</summary>
    private const string TablesKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string WebPubSubKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH";

    public string Gateway => $"http://localhost:{GatewayPort}";

    public string Functions => $"http://127.0.0.1:{FunctionsPort}";

    public string Tables => $"http://127.0.0.1:{TablesPort}";

    /// <summary>Where the service that holds the sockets is; without a slash at the end.</summary>
    public string WebPubSub => OtherWebPubSub is null ? $"http://localhost:{EmulatorPort}" : EndpointOf(OtherWebPubSub);

    public bool HasAzurite => OtherTables is null;

    public bool HasEmulator => OtherWebPubSub is null;

    public string TablesConnectionString =>
        OtherTables ?? $"AccountName=devstoreaccount1;AccountKey={TablesKey};TableEndpoint={Tables}/devstoreaccount1";

    public string WebPubSubConnectionString => OtherWebPubSub ?? $"Endpoint={WebPubSub};AccessKey={WebPubSubKey};Version=1.0;";

    public string ToolsDirectory => Path.Combine(Root, "tools");

    public string LogDirectory => Path.Combine(DataDirectory, "logs");

    /// <exception cref="LocalException">A variable holds something else, or the solution is not above the program.</exception>
    public static LocalOptions FromEnvironment()
    {
        string root = FindRoot();
        string data = Path.GetFullPath(Variable("DATA_DIR") ?? ".local", root);
        Directory.CreateDirectory(data);
        return new LocalOptions(
            root,
            data,
            Port("GATEWAY_PORT", 8000),
            Port("FUNCTIONS_PORT", 7071),
            Port("EMULATOR_PORT", 8080),
            Port("TABLES_PORT", 10002),
            Variable("Tables__ConnectionString"),
            Variable("WebPubSub__ConnectionString"));
    }

    /// <summary>A program of the solution as it was built together with this one.</summary>
    /// <exception cref="LocalException">It was not built.</exception>
    public string FindProgram(string name)
    {
        // bin/(configuration)/(framework) has the same two last parts for all programs.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string program = Path.Combine(Root, name, "bin", here.Parent!.Name, here.Name, name + ".dll");
        return File.Exists(program) ? program : throw new LocalException($"{program} is not there; build the solution.");
    }

    /// <summary>As the function app reads it: a part <c>Port</c> goes before the endpoint's own.</summary>
    private static string EndpointOf(string connectionString)
    {
        if (!Uri.TryCreate(PartOf(connectionString, "Endpoint"), UriKind.Absolute, out Uri? endpoint))
        {
            throw new LocalException("WebPubSub__ConnectionString has no Endpoint.");
        }

        ushort port = ushort.TryParse(PartOf(connectionString, "Port"), NumberStyles.None, CultureInfo.InvariantCulture, out ushort other) ? other : (ushort)endpoint.Port;
        return new UriBuilder(endpoint) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static string? PartOf(string connectionString, string name) => connectionString.Split(';', StringSplitOptions.TrimEntries)
        .FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessChat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new LocalException($"there is no ServerlessChat.sln above {AppContext.BaseDirectory}.");
    }

    private static int Port(string name, int otherwise)
    {
        string? text = Variable(name);
        if (text is null)
        {
            return otherwise;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? port
            : throw new LocalException($"{name} must be a port number, 1 to 65535; it is '{text}'.");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
