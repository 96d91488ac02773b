using System.Net.WebSockets;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Clients;

public sealed class ReliableClientTests
{
    private const string Reliable = "json.reliable.webpubsub.azure.v1";

    [Fact]
    public async Task Messages_Carry_Sequence_Ids_From_1()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        await emulator.PostAsync("/:send", "a");
        await client.SendAsync("""{"type":"ping"}""");
        await emulator.PostAsync("/:send", new string('b', 70_000));
        Assert.Equal("""{"type":"message","from":"server","dataType":"text","data":"a","sequenceId":1}""", await client.ReadTextAsync());
        var frames = new[] { await client.ReadTextAsync(), await client.ReadTextAsync() };
        Assert.Contains(frames, frame => frame is """{"type":"pong"}""");
        Assert.Contains(frames, frame => frame.EndsWith("bbb\",\"sequenceId\":2}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recovery_Sends_Again_What_Was_Not_Acknowledged()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync("ann", groups: ["g"], subprotocol: Reliable);
        await emulator.PostAsync("/groups/g/:send", "1");
        await emulator.PostAsync("/groups/g/:send", "2");
        await client.SendAsync("""{"type":"sequenceAck","sequenceId":1}""");
        await client.ReadJsonAsync();
        await client.ReadJsonAsync();
        await client.SendAsync("""{"type":"joinGroup","group":"h","ackId":1}""");
        await client.ReadJsonAsync();
        client.Drop();
        await Wait.UntilAsync(() => !emulator.State.Connections[0].IsOnline, "the drop is seen");
        await emulator.PostAsync("/groups/h/:send", "3");

        await using var back = await client.RecoverAsync();
        Assert.Equal(2, (await back.ReadJsonAsync()).GetProperty("sequenceId").GetInt32());
        Assert.Equal(3, (await back.ReadJsonAsync()).GetProperty("sequenceId").GetInt32());

        // Roles and used ack ids have survived too.
        var repeated = await back.RequestAsync("""{"type":"joinGroup","group":"h","ackId":1}""");
        Assert.Equal("Duplicate", repeated.GetProperty("error").GetProperty("name").GetString());
        await back.RequestOkAsync("""{"type":"joinGroup","group":"i","ackId":2}""");
    }

    [Fact]
    public async Task Recovery_Ignores_A_Stale_Access_Token()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        client.Drop();
        var address = new Uri($"ws://{emulator.Authority}/client/hubs/test?access_token=stale" +
            $"&awps_connection_id={client.ConnectionId}&awps_reconnection_token={client.ReconnectionToken}");
        await using var back = await TestClient.ConnectAsync(address, Reliable);
        await back.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await back.ReadTextAsync());
    }

    [Fact]
    public async Task Recovery_That_Cannot_Be_Granted_Opens_And_Closes_With_1008()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        await using var other = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        await using var wrongToken = await client.RecoverAsync(other.ReconnectionToken);
        Assert.Equal(1008, await wrongToken.ReadCloseAsync());
        await using var noToken = await client.RecoverAsync("x");
        Assert.Equal(1008, await noToken.ReadCloseAsync());
        await client.CloseAsync();
        await Wait.UntilAsync(() => emulator.State.Connections.Length == 1, "the session ends with a normal close");
        await using var ended = await client.RecoverAsync();
        Assert.Equal(1008, await ended.ReadCloseAsync());
    }

    [Fact]
    public async Task New_Socket_Replaces_The_Old_One_That_Still_Looks_Alive()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        await using var back = await client.RecoverAsync();
        await Assert.ThrowsAsync<WebSocketException>(client.ReadAsync);
        await emulator.PostAsync("/:send", "x");
        Assert.Equal(1, (await back.ReadJsonAsync()).GetProperty("sequenceId").GetInt32());
    }

    [Fact]
    public async Task Session_Ends_When_The_Recovery_Window_Does_And_Disconnected_Is_Raised_Once()
    {
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(
            webhook, systemEvents: ["disconnected"], configure: options => options.RecoveryWindow = TimeSpan.FromMilliseconds(200));
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"], subprotocol: Reliable);
        client.Drop();
        await webhook.WaitForAsync("azure.webpubsub.sys.disconnected");
        Assert.Equal(0, emulator.State.GroupCount);
        await using var late = await client.RecoverAsync();
        Assert.Equal(1008, await late.ReadCloseAsync());
        Assert.Single(webhook.Events);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Close_Without_A_Code_Is_A_Drop_Unless_The_Option_Says_Otherwise(bool ends, bool remains)
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.CloseWithoutCodeEndsSession = ends);
        using var client = await RawSocket.ConnectAsync(emulator.Emulator.GetClientAccessUri("test"), Reliable);
        await client.SendFrameAsync(0x88, []);
        Assert.Equal(1005, await client.ReadCloseAsync());
        await Wait.UntilAsync(() => emulator.State.Connections is [] or [{ IsOnline: false }], "the close is seen");
        Assert.Equal(remains, emulator.State.Connections.Length == 1);
    }

    [Fact]
    public async Task Session_With_Too_Many_Unacknowledged_Messages_Is_Lost()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.MaxUnacknowledgedMessages = 3);
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        for (var i = 0; i < 4; i++)
        {
            await emulator.PostAsync("/:send", "x");
        }

        Assert.Equal(1008, await client.ReadCloseAsync());
        Assert.Empty(emulator.State.Connections);
        await using var back = await client.RecoverAsync();
        Assert.Equal(1008, await back.ReadCloseAsync());
    }

    [Fact]
    public async Task Recovery_Sends_All_That_The_Session_Kept_However_Short_The_Queue()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.MaxQueuedMessages = 1);
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        client.Drop();
        await Wait.UntilAsync(() => !emulator.State.Connections[0].IsOnline, "the drop is seen");
        for (var i = 1; i <= 50; i++)
        {
            await emulator.PostAsync("/:send", "x", "application/octet-stream");
        }

        await using var back = await client.RecoverAsync();
        for (var i = 1; i <= 50; i++)
        {
            Assert.Equal(i, (await back.ReadJsonAsync()).GetProperty("sequenceId").GetInt32());
        }
    }

    [Fact]
    public async Task Expired_Messages_Are_Not_Sent_Again()
    {
        var clock = new ShiftedClock();
        await using var emulator = await TestEmulator.StartAsync(options => options.TimeProvider = clock);
        await using var client = await emulator.ConnectJsonAsync(subprotocol: Reliable);
        client.Drop();
        await Wait.UntilAsync(() => !emulator.State.Connections[0].IsOnline, "the drop is seen");
        await emulator.PostAsync("/:send?messageTtlSeconds=10", "short-lived");
        await emulator.PostAsync("/:send?messageTtlSeconds=0", "kept");
        clock.Advance(TimeSpan.FromSeconds(11));
        await using var back = await client.RecoverAsync();
        Assert.Equal("kept", (await back.ReadJsonAsync()).GetProperty("data").GetString());
    }
}
