using System.Net;
using System.Net.Sockets;

namespace ServerlessChat.Bench.Sockets;

/// <summary>
/// Lets this process handle what arrives on the thread that learns of it, instead of waking another for each socket: the load generator takes half as much
/// from the processors that it shares with what it measures. The runtime reads the setting once, before its first socket; programs that are started later
/// do not inherit it, unless it was set for all.
/// </summary>
internal static class InlineCompletions
{
    private const string Setting = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static async Task EnableAsync(CancellationToken cancellationToken)
    {
        string? before = Environment.GetEnvironmentVariable(Setting);
        Environment.SetEnvironmentVariable(Setting, "1");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        ValueTask<Socket> accepting = listener.AcceptSocketAsync(cancellationToken);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndpoint, cancellationToken);
        (await accepting).Dispose();
        Environment.SetEnvironmentVariable(Setting, before);
    }
}
