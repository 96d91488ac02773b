using System.Globalization;

namespace ServerlessChat.Local;

/// <summary>What may be set from outside, by environment variables (docs/configuration.md).</summary>
/// <param name="Root">The folder with the solution.</param>
/// <param name="DataDirectory">Azurite's data, the token key and the logs; made when it does not exist.</param>
internal sealed record LocalOptions(string Root, string DataDirectory, int FunctionsPort, int TablesPort)
{
    public string Functions => $"http://localhost:{FunctionsPort}";

    public string Tables => $"http://127.0.0.1:{TablesPort}";

    public string ToolsDirectory => Path.Combine(Root, "tools");

    public string LogDirectory => Path.Combine(DataDirectory, "logs");

    /// <exception cref="LocalException">A variable holds something else, or the solution is not above the program.</exception>
    public static LocalOptions FromEnvironment()
    {
        string root = FindRoot();
        string data = Path.GetFullPath(Variable("DATA_DIR") ?? ".local", root);
        Directory.CreateDirectory(data);
        return new LocalOptions(root, data, Port("FUNCTIONS_PORT", 7071), Port("TABLES_PORT", 10002));
    }

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
