using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ServerlessChat.Tests;

/// <summary>Ports for programs that have to be told theirs before they start.</summary>
/// <remarks>
/// A port that was only looked up is anybody's until the program has taken it, a second or more later, and hundreds of servers of other tests look for
/// one meanwhile. So each is kept until the tests end: by a socket that has it and never listens. On Linux the system then gives it to nobody who asks for any
/// port, a program that is told its number can take it all the same, as often as it likes, and who calls it before is refused. Elsewhere a program could not, and it is let go.
/// </remarks>
internal static class FreePorts
{
    private static readonly ConcurrentBag<Socket> Kept = [];

    /// <summary>One that nobody else gets.</summary>
    public static int Next()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // With SO_REUSEADDR, as .NET and Node.js always do; both owners must have it.
        int port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (OperatingSystem.IsLinux())
        {
            Kept.Add(socket);
        }
        else
        {
            socket.Dispose();
        }

        return port;
    }
}
