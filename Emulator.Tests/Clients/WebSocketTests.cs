using System.Text;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Clients;

/// <summary>RFC 6455, below the service's own protocol.</summary>
public sealed class WebSocketTests
{
    private const int Text = 0x81;
    private const int Close = 0x88;
    private const int Ping = 0x89;

    private static readonly byte[] PingRequest = Encoding.UTF8.GetBytes("""{"type":"ping"}""");

    [Fact]
    public async Task Fragments_Are_Put_Together_With_Control_Frames_Between_Them()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(0x01, PingRequest[..5]);
        await socket.SendFrameAsync(Ping, "beat"u8.ToArray());
        await socket.SendFrameAsync(0x00, []);
        await socket.SendFrameAsync(0x80, PingRequest[5..]);
        var (first, payload) = await socket.ReadFrameAsync();
        Assert.Equal(0x8A, first);
        Assert.Equal("beat"u8.ToArray(), payload);
        Assert.Equal("""{"type":"pong"}""", Encoding.UTF8.GetString((await socket.ReadFrameAsync()).Payload));
    }

    [Fact]
    public async Task Frames_Arrive_However_The_Bytes_Are_Cut()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        foreach (var one in RawSocket.Frame(Text, PingRequest))
        {
            await socket.SendAsync([one]);
        }

        var many = Enumerable.Repeat(RawSocket.Frame(Text, PingRequest), 2000).SelectMany(frame => frame).ToArray();
        await socket.SendAsync(many);
        for (var i = 0; i < 2001; i++)
        {
            Assert.Equal("""{"type":"pong"}""", Encoding.UTF8.GetString((await socket.ReadFrameAsync()).Payload));
        }
    }

    [Theory]
    [InlineData(0xC1, true, 1002)]
    [InlineData(0x83, true, 1002)]
    [InlineData(0x81, false, 1002)]
    [InlineData(0x80, true, 1002)]
    [InlineData(0x09, true, 1002)]
    public async Task Broken_Frames_Close_The_Socket(int firstByte, bool masked, int code)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(firstByte, PingRequest, masked);
        Assert.Equal(code, await socket.ReadCloseAsync());
        Assert.Empty(emulator.State.Connections);
    }

    [Fact]
    public async Task Second_Message_Inside_A_Fragmented_One_Closes_With_1002()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(0x01, "a"u8.ToArray());
        await socket.SendFrameAsync(Text, "b"u8.ToArray());
        Assert.Equal(1002, await socket.ReadCloseAsync());
    }

    [Fact]
    public async Task Text_That_Is_Not_Utf8_Closes_With_1007()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(Text, [0x22, 0xC3, 0x28, 0x22]);
        Assert.Equal(1007, await socket.ReadCloseAsync());
    }

    [Fact]
    public async Task Close_Is_Answered_With_Its_Own_Code()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(Close, [0x0F, 0xA0]);
        Assert.Equal(4000, await socket.ReadCloseAsync());
        Assert.True(await socket.IsCutAsync());
    }

    [Theory]
    [InlineData(new byte[] { 3 }, 1002)]
    [InlineData(new byte[] { 0x03, 0xED }, 1002)]
    [InlineData(new byte[] { 0x03, 0xE8, 0xFF }, 1007)]
    public async Task Invalid_Close_Frames_Are_Protocol_Errors(byte[] payload, int code)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(Close, payload);
        Assert.Equal(code, await socket.ReadCloseAsync());
    }

    [Fact]
    public async Task Message_Of_1_MiB_Passes_And_One_Byte_More_Closes_With_1009()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"]);
        const string Head = """{"type":"sendToGroup","group":"g","dataType":"text","data":""";
        var largest = $"{Head}\"{new string('x', (1024 * 1024) - Head.Length - 3)}\"}}";
        await client.SendAsync(largest);
        Assert.Equal((1024 * 1024) - Head.Length - 3, (await client.ReadJsonAsync()).GetProperty("data").GetString()!.Length);
        await client.SendAsync(largest + " ");
        Assert.Equal(1009, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task Fragments_Count_Together_Toward_The_Limit()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = await ConnectAsync(emulator);
        await socket.SendFrameAsync(0x01, new byte[1024 * 1024]);
        await socket.SendFrameAsync(0x80, new byte[1]);
        Assert.Equal(1009, await socket.ReadCloseAsync());
    }

    [Fact]
    public async Task Service_Sends_Pings_And_Cuts_A_Client_That_Leaves_Them_Unanswered()
    {
        await using var emulator = await TestEmulator.StartAsync(options =>
        {
            options.Hubs["test"] = new() { WebSocketKeepAliveIntervalInSeconds = 1 };
            options.KeepAliveTimeout = TimeSpan.FromSeconds(1);
        });
        await using var answering = await emulator.ConnectJsonAsync();
        var reading = answering.ReadTextAsync();
        using var silent = await ConnectAsync(emulator);
        Assert.Equal(Ping, (await silent.ReadFrameAsync()).FirstByte);
        Assert.True(await silent.IsCutAsync());
        await Wait.UntilAsync(() => emulator.State.Connections.Length == 1, "the silent client is gone");
        await emulator.PostAsync("/:send", "still there");
        Assert.Contains("still there", await reading, StringComparison.Ordinal);
    }

    private static async Task<RawSocket> ConnectAsync(TestEmulator emulator)
    {
        var socket = await RawSocket.ConnectAsync(emulator.Emulator.GetClientAccessUri("test"), "json.webpubsub.azure.v1");
        Assert.Contains("connected", Encoding.UTF8.GetString((await socket.ReadFrameAsync()).Payload), StringComparison.Ordinal);
        return socket;
    }
}
