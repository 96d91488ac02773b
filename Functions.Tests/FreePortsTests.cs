using System.Net;
using System.Net.Sockets;

namespace ServerlessChat.Tests;

/// <summary>A port that was handed out is kept for the program that is told of it.</summary>
public sealed class FreePortsTests
{
    /// <summary>There are some 7,000 that the system gives away: one that is not kept comes up in as many draws, but for one run in 70.</summary>
    private const int Draws = 30_000;

    [Fact]
    public void Nobody_Who_Asks_For_Any_Port_Gets_It()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a port can't be kept.");
        int kept = FreePorts.Next();
        for (int draw = 0; draw < Draws; draw++)
        {
            using var other = new TcpListener(IPAddress.Loopback, 0);
            other.Start();
            Assert.NotEqual(kept, ((IPEndPoint)other.LocalEndpoint).Port);
        }
    }

    [Fact]
    public async Task Its_Program_Gets_It_Again_And_Again_And_Until_Then_Callers_Are_Refused()
    {
        int port = FreePorts.Next();
        for (int start = 0; start < 2; start++)
        {
            using var early = new TcpClient();
            SocketException refused = await Assert.ThrowsAsync<SocketException>(() => early.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask());
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);

            using var program = new TcpListener(IPAddress.Loopback, port);
            program.Start();
            using var caller = new TcpClient();
            await caller.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            using TcpClient accepted = await program.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        }
    }
}
