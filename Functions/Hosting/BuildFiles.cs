using System.Diagnostics.CodeAnalysis;
using ServerlessChat.OpenApi;

namespace ServerlessChat.Hosting;

/// <summary>The files that the build asks of the program it has built: what describes it to the Functions host, and to whoever writes a client.</summary>
internal static class BuildFiles
{
    private const string Switch = "ServerlessChat.BuildFiles";

    /// <summary>False in the package, which has the files, and neither the code nor the libraries that make them.</summary>
    [FeatureSwitchDefinition(Switch)]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
#pragma warning disable IL4000 // The trimmer takes it for false by the switch, which the project file sets for a package.
    public static bool CanBeMade => !AppContext.TryGetSwitch(Switch, out bool canBeMade) || canBeMade;
#pragma warning restore IL4000

    /// <summary>Writes <c>(name)/function.json</c> for each function, and the API's document.</summary>
    [RequiresUnreferencedCode(ApiDocument.Reflection)]
    public static async Task WriteAsync(string directory, CancellationToken cancellationToken)
    {
        await using WebApplication app = Program.Build([]);
        FunctionFiles.Write(FunctionFiles.Of(app), directory);
        await ApiDocumentFile.WriteAsync(directory, cancellationToken);
    }
}
