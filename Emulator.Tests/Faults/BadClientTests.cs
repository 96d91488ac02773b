using System.Net.Sockets;
using System.Text;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Faults;

[Collection(Alone.Name)]
public sealed class BadClientTests
{
    [Fact]
    public async Task Garbage_After_The_Handshake_Ends_That_Client_Alone()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var witness = await emulator.ConnectJsonAsync();
        var random = new Random(20261122);
        for (var i = 0; i < 50; i++)
        {
            using var socket = await RawSocket.ConnectAsync(emulator.Emulator.GetClientAccessUri("test"), "json.webpubsub.azure.v1");
            var garbage = new byte[random.Next(1, 4000)];
            random.NextBytes(garbage);
            await socket.SendAsync(garbage);
        }

        await AssertOnlyWitnessAsync(emulator, witness);
    }

    [Fact]
    public async Task Half_A_Frame_And_A_Drop_Leave_Nothing_Behind()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var witness = await emulator.ConnectJsonAsync();
        var frame = RawSocket.Frame(0x81, new byte[100_000]);
        foreach (var length in new[] { 1, 2, 5, 13, 14, 5000, 99_000 })
        {
            using var socket = await RawSocket.ConnectAsync(emulator.Emulator.GetClientAccessUri("test", groups: ["g"]));
            await socket.SendAsync(frame[..length]);
        }

        await AssertOnlyWitnessAsync(emulator, witness);
        Assert.Equal(0, emulator.State.GroupCount);
    }

    [Fact]
    public async Task Half_A_Handshake_And_Other_Protocols_Do_No_Harm()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var witness = await emulator.ConnectJsonAsync();
        foreach (var text in new[] { "GET /client/hubs/test HTTP/1.1\r\nHost: x", "\u0016\u0003\u0001", "\r\n\r\n\r\n", "GET % HTTP/1.1\r\nHost: x\r\n\r\n", "POST /api/hubs/%ZZ/:send HTTP/1.1\r\nHost: x\r\n\r\n" })
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync("127.0.0.1", emulator.Emulator.Endpoint.Port, TestContext.Current.CancellationToken);
            await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        }

        await AssertOnlyWitnessAsync(emulator, witness);
    }

    [Fact]
    public async Task Announced_But_Unsent_Payload_Takes_No_Memory()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var witness = await emulator.ConnectJsonAsync();
        var sockets = new List<RawSocket>();
        byte[] announcesOneMebibyte = [0x82, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 100; i++)
        {
            sockets.Add(await RawSocket.ConnectAsync(emulator.Emulator.GetClientAccessUri("test")));
            await sockets[^1].SendAsync(announcesOneMebibyte);
        }

        await Wait.UntilAsync(() => emulator.State.Connections.Length == 101, "all are connected");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 50 * 1024 * 1024);
        sockets.ForEach(socket => socket.Dispose());
        await AssertOnlyWitnessAsync(emulator, witness);
    }

    private static async Task AssertOnlyWitnessAsync(TestEmulator emulator, TestClient witness)
    {
        await Wait.UntilAsync(() => emulator.State.Connections.Length == 1, "the bad clients are gone");
        using var answer = await emulator.PostAsync("/:send", "still there");
        Assert.Equal("still there", (await witness.ReadJsonAsync()).GetProperty("data").GetString());
    }
}
