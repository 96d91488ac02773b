using System.Text.Json;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>The deployed folder, as the host reads it.</summary>
/// <param name="Folder">Where host.json stands.</param>
/// <param name="Program">Its custom handler.</param>
/// <param name="Functions">In the order in which the host tries them: by name, however special their routes are.</param>
/// <param name="Errors">Why a function is missing: one sentence for each.</param>
internal sealed record ScriptRoot(string Folder, string Program, IReadOnlyList<HostFunction> Functions, IReadOnlyList<string> Errors)
{
    /// <exception cref="InvalidDataException">The host would not start.</exception>
    public static ScriptRoot Read(string folder)
    {
        JsonElement host = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "host.json")));
        JsonElement handler = host.GetProperty("customHandler");
        string program = handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;
        Require(host.GetProperty("version").GetString() is "2.0", "The version of host.json is not 2.0");
        Require(handler.GetProperty("enableProxyingHttpRequest").GetBoolean(), "The host would not proxy");
        Require(host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString() is "", "Every route would have a prefix");

        // Only the file of exactly this name is made executable by those who repack it.
        Require(string.Equals(program, Path.GetFileName(program), StringComparison.Ordinal), "The program is not named by its bare name");
        Require(File.Exists(Path.Combine(folder, program)), $"There is no {program}: the host would look for it on the PATH");
        (List<HostFunction> functions, List<string> errors) = ReadFunctions(folder);
        return new ScriptRoot(folder, Path.Combine(folder, program), functions, errors);
    }

    /// <summary>Null when the host would answer by itself.</summary>
    public HostFunction? Find(string method, string path) => Functions.FirstOrDefault(f => f.Takes(method, path));

    private static (List<HostFunction> Functions, List<string> Errors) ReadFunctions(string folder)
    {
        (List<HostFunction> functions, List<string> errors) = ([], []);
        IEnumerable<string> folders = Directory.GetDirectories(folder).Where(f => File.Exists(Path.Combine(f, "function.json")));
        foreach (string one in folders.OrderBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                HostFunction function = HostFunction.Read(one);
                Require(!functions.Exists(function.IsHiddenBy), $"{function.Name} has the route of another function");
                functions.Add(function);
            }
            catch (InvalidDataException e)
            {
                errors.Add(e.Message);
            }
        }

        return (functions, errors);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException($"{otherwise}.");
        }
    }
}
