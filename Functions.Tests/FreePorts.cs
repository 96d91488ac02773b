using System.Net;
using System.Net.Sockets;

namespace ServerlessChat.Tests;

/// <summary>Ports for programs that have to be told theirs before they start.</summary>
internal static class FreePorts
{
    /// <summary>One that nobody listened on just now.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
