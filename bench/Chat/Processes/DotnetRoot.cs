using System.Runtime.InteropServices;

namespace ServerlessChat.Bench.Processes;

internal static class DotnetRoot
{
    /// <summary>Of the runtime that this program runs on: published programs are to run on the same.</summary>
    // (root)/shared/Microsoft.NETCore.App/(version)/
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
