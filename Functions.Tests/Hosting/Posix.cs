using System.Diagnostics;

namespace ServerlessChat.Tests.Hosting;

/// <summary>Signals, which .NET does not send.</summary>
internal static class Posix
{
    public static Task TerminateAsync(int processId) => SignalAsync("TERM", processId);

    public static Task InterruptAsync(int processId) => SignalAsync("INT", processId);

    private static async Task SignalAsync(string signal, int processId)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
