using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Faults;

public sealed class SlowClientTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("json.webpubsub.azure.v1")]
    [InlineData("json.reliable.webpubsub.azure.v1")]
    public async Task Client_That_Stops_Reading_Is_Closed_And_Does_Not_Hold_Up_The_Others(string? subprotocol)
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.MaxQueuedBytes = 512 * 1024);
        var address = emulator.Emulator.GetClientAccessUri("test", groups: ["g"]);
        using var stuck = await RawSocket.ConnectAsync(address, subprotocol, receiveBuffer: 4096);
        await using var reading = await emulator.ConnectJsonAsync(groups: ["g"]);
        var text = new string('x', 100_000);
        for (var i = 0; emulator.State.Connections.Length > 1; i++)
        {
            Assert.True(i < 1000, "The stuck client was never closed.");
            using var answer = await emulator.PostAsync("/groups/g/:send", text);
            Assert.Equal(text.Length, (await reading.ReadJsonAsync()).GetProperty("data").GetString()!.Length);
        }

        Assert.Equal(1, Assert.Single(emulator.State.Groups).Value);
        Assert.True(await stuck.IsCutAsync());
    }

    [Fact]
    public async Task Code_Of_The_Close_Is_An_Option_And_Reaches_A_Client_That_Reads_Again()
    {
        await using var emulator = await TestEmulator.StartAsync(options =>
        {
            options.MaxUnacknowledgedMessages = 1;
            options.SlowClientCloseCode = 4100;
        });
        await using var client = await emulator.ConnectJsonAsync(subprotocol: "json.reliable.webpubsub.azure.v1");
        await emulator.PostAsync("/:send", "1");
        await emulator.PostAsync("/:send", "2");
        Assert.Equal(4100, await client.ReadCloseAsync());
    }
}
