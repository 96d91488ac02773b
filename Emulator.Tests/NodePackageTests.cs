using System.Net;
using System.Net.Sockets;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests;

/// <summary>The official JavaScript packages as black boxes: <c>@azure/web-pubsub</c>, <c>@azure/web-pubsub-client</c>, <c>@azure/web-pubsub-express</c>.</summary>
public sealed class NodePackageTests
{
    [Theory]
    [InlineData("client")]
    [InlineData("service")]
    [InlineData("recovery")]
    [InlineData("keepalive")]
    public async Task Official_Clients_Work_As_With_The_Service(string script)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await NodeScript.RunAsync(script, emulator.Emulator.ConnectionString);
    }

    [Fact]
    public async Task Official_Event_Handler_Works_As_With_The_Service()
    {
        var port = FreePort();
        await using var emulator = await TestEmulator.StartAsync(options => options.Hubs[TestEmulator.Hub] = new()
        {
            EventHandlers =
            {
                new()
                {
                    UrlTemplate = $"http://127.0.0.1:{port}/events",
                    UserEventPattern = "*",
                    SystemEvents = { "connect", "connected", "disconnected" },
                },
            },
        });
        await NodeScript.RunAsync("express", emulator.Emulator.ConnectionString, $"{port}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
