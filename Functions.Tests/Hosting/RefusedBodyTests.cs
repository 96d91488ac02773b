using System.Net.Sockets;
using System.Text;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>What becomes of the rest of a body that is refused.</summary>
public sealed class RefusedBodyTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_Body_That_Is_Refused_Is_Read_All_The_Same_So_That_The_Host_Is_Not_Cut_Off_While_It_Sends()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString());
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        byte[] refused = [.. Encoding.ASCII.GetBytes($"POST /chat/login/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {1 << 20}\r\n\r\n"), .. new byte[1 << 20]];
        await stream.WriteAsync(refused, TestContext.Current.CancellationToken);
        await stream.WriteAsync("GET /nothing/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        string answers = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 413 ", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 404 ", answers, StringComparison.Ordinal);
    }
}
