using System.Net.WebSockets;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Clients;

public sealed class PubSubClientTests
{
    private const string Json = "json.webpubsub.azure.v1";

    [Fact]
    public async Task First_Frame_Says_Connected_In_The_Services_Order()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var anonymous = await emulator.ConnectAsync(Json);
        var text = await anonymous.ReadTextAsync();
        var id = Assert.Single(emulator.State.Connections).Id;
        Assert.Equal($$"""{"type":"system","event":"connected","userId":null,"connectionId":"{{id}}"}""", text);

        await using var known = await emulator.ConnectAsync("json.reliable.webpubsub.azure.v1", userId: "ann");
        var connected = await known.ReadConnectedAsync();
        Assert.Equal("ann", connected.GetProperty("userId").GetString());
        Assert.NotEmpty(known.ReconnectionToken!);
    }

    [Theory]
    [InlineData("application/json", """{"message":"Hello world!"}""", """{"type":"message","from":"server","dataType":"json","data":{"message":"Hello world!"}}""")]
    [InlineData("text/plain", "Hi there!", """{"type":"message","from":"server","dataType":"text","data":"Hi there!"}""")]
    [InlineData("application/octet-stream", "abc", """{"type":"message","from":"server","dataType":"binary","data":"YWJj"}""")]
    [InlineData("application/json", """{ "a" : [1,  2.50] }""", """{"type":"message","from":"server","dataType":"json","data":{ "a" : [1,  2.50] }}""")]
    public async Task Server_Messages_Have_The_Services_Exact_Text(string contentType, string body, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        await emulator.PostAsync("/:send", body, contentType);
        Assert.Equal(expected, await client.ReadTextAsync());
    }

    [Fact]
    public async Task Members_Get_What_Is_Published_And_Leave_When_They_Want()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var ann = await emulator.ConnectJsonAsync("ann");
        await using var bob = await emulator.ConnectJsonAsync("bob");
        await bob.RequestOkAsync("""{"type":"joinGroup","group":"g","ackId":1}""");
        await ann.RequestOkAsync("""{"type":"SENDTOGROUP","group":"g","dataType":"text","data":"سلام <b>","ackId":1,"unknown":{}}""");
        Assert.Equal(
            """{"type":"message","from":"group","group":"g","fromUserId":"ann","dataType":"text","data":"سلام <b>"}""", await bob.ReadTextAsync());
        await bob.RequestOkAsync("""{"type":"leaveGroup","group":"g","ackId":2}""");
        Assert.Equal(0, emulator.State.GroupCount);
    }

    [Fact]
    public async Task Sender_In_The_Group_Gets_Its_Message_Unless_It_Asks_For_No_Echo()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"]);
        await client.SendAsync("""{"type":"sendToGroup","group":"g","data":1,"noEcho":true}""");
        await client.SendAsync("""{"type":"sendToGroup","group":"g","data":2}""");
        Assert.Equal(2, (await client.ReadJsonAsync()).GetProperty("data").GetInt32());
    }

    [Theory]
    [InlineData("webpubsub.joinLeaveGroup", "any.group", true)]
    [InlineData("webpubsub.joinLeaveGroup.a.b", "a.b", true)]
    [InlineData("webpubsub.joinLeaveGroup.a.b", "A.b", false)]
    [InlineData("webpubsub.joinLeaveGroups.room-*", "room-1", true)]
    [InlineData("webpubsub.joinLeaveGroups.room-*", "room-1.x", false)]
    [InlineData("webpubsub.sendToGroup", "g", false)]
    public async Task Roles_Decide_Which_Groups_May_Be_Joined(string role, string group, bool allowed)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(roles: [role]);
        var ack = await client.RequestAsync($$"""{"type":"joinGroup","group":"{{group}}","ackId":1}""");
        Assert.Equal(allowed, ack.GetProperty("success").GetBoolean());
        if (!allowed)
        {
            Assert.Equal("Forbidden", ack.GetProperty("error").GetProperty("name").GetString());
            Assert.Equal(
                $"The client does not have permission to join group '{group}'.", ack.GetProperty("error").GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task Client_Without_Roles_May_Neither_Join_Nor_Leave_Nor_Send()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(roles: []);
        foreach (var request in new[] { "\"joinGroup\"", "\"leaveGroup\"", "\"sendToGroup\",\"data\":1" })
        {
            var ack = await client.RequestAsync($$"""{"type":{{request}},"group":"g","ackId":7}""");
            Assert.Equal("Forbidden", ack.GetProperty("error").GetProperty("name").GetString());
        }

        // A failed ack id is not used up.
        await emulator.CallAsync(HttpMethod.Put, $"/permissions/sendToGroup/connections/{client.ConnectionId}?targetName=g");
        await client.RequestOkAsync("""{"type":"sendToGroup","group":"g","data":1,"ackId":7}""");
    }

    [Fact]
    public async Task Repeated_Ack_Id_Is_Told_And_Not_Worked_Off_Twice()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"]);
        const string Request = """{"type":"sendToGroup","group":"g","data":1,"noEcho":false,"ackId":18446744073709551615}""";
        await client.SendAsync(Request);
        Assert.Equal("message", (await client.ReadJsonAsync()).GetProperty("type").GetString());
        Assert.True((await client.ReadJsonAsync()).GetProperty("success").GetBoolean());
        var repeated = await client.RequestAsync(Request);
        Assert.Equal("Duplicate", repeated.GetProperty("error").GetProperty("name").GetString());
        Assert.Equal(
            "Message with ack-id: 18446744073709551615 has been processed", repeated.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Ping_Is_Answered_With_Pong()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await client.ReadTextAsync());
    }

    [Theory]
    [InlineData("text", "\"a\\u00e9\"", "\"aé\"")]
    [InlineData("json", "null1", null)]
    [InlineData("json", "[ 1, {} ]", "[ 1, {} ]")]
    [InlineData("binary", "\"AQID\"", "\"AQID\"")]
    [InlineData("protobuf", "\"AQID\"", "\"AQID\"")]
    [InlineData("binary", "\"no base64!\"", null)]
    [InlineData("text", "5", null)]
    [InlineData("json", "null", null)]
    [InlineData("xml", "1", null)]
    [InlineData("text", "\"\\ud800\"", null)]
    public async Task Data_Is_Passed_On_By_Its_Type_Or_The_Client_Is_Closed_With_1007(string dataType, string data, string? expected)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"]);
        await client.SendAsync($$"""{"type":"sendToGroup","group":"g","dataType":"{{dataType}}","data":{{data}}}""");
        if (expected is null)
        {
            Assert.Equal(1007, await client.ReadCloseAsync());
            return;
        }

        Assert.Equal($$"""{"type":"message","from":"group","group":"g","dataType":"{{dataType}}","data":{{expected}}}""", await client.ReadTextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"joinGroup"}""")]
    [InlineData("""{"type":"joinGroup","group":"  "}""")]
    [InlineData("""{"type":"joinGroup","group":5}""")]
    [InlineData("""{"type":"joinGroup","group":"g","ackId":-1}""")]
    [InlineData("""{"type":"joinGroup","group":"g","ackId":"1"}""")]
    [InlineData("""{"type":"sendToGroup","group":"g"}""")]
    [InlineData("""{"type":"sendToGroup","group":"g","data":1,"noEcho":"yes"}""")]
    [InlineData("""{"type":"sendToGroup","group":"g","data":1,"ttlSeconds":301}""")]
    [InlineData("""{"type":"sendToGroup","group":"g","data":1,"metadata":{"a b":"x"}}""")]
    [InlineData("""{"type":"event","event":"1st","data":1}""")]
    [InlineData("""{"type":"sequenceAck"}""")]
    [InlineData("""{"type":"event","event":"e","dataType":"binary","data":"\ud800"}""")]
    [InlineData("""{"type":"nonsense"}""")]
    [InlineData("""{"type":"ping"} trailing""")]
    public async Task Malformed_Requests_Close_The_Client_With_1007(string request)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        await client.SendAsync(request);
        Assert.Equal(1007, await client.ReadCloseAsync());
        Assert.Empty(emulator.State.Connections);
    }

    [Fact]
    public async Task Binary_Frames_Close_The_Client_With_1003()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        await client.SendAsync([1], WebSocketMessageType.Binary);
        Assert.Equal(1003, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task Metadata_Travels_With_The_Message()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"]);
        await client.SendAsync("""{"type":"sendToGroup","group":"g","data":1,"metadata":{"k":"v"},"ttlSeconds":300}""");
        Assert.EndsWith("\"data\":1,\"metadata\":{\"k\":\"v\"}}", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_Invocations_And_Group_State_Are_Refused_In_Their_Own_Words()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        await client.SendAsync("""{"type":"sendToGroup","group":"g","stream":{"streamId":"s"}}""");
        var refusal = await client.ReadJsonAsync();
        Assert.Equal("streamClosed", refusal.GetProperty("type").GetString());
        Assert.Equal("BadRequest", refusal.GetProperty("error").GetProperty("name").GetString());
        await client.SendAsync("""{"type":"streamData","streamId":"s","streamSequenceId":1,"data":1}""");
        Assert.Equal("StreamNotFound", (await client.ReadJsonAsync()).GetProperty("error").GetProperty("name").GetString());
        await client.SendAsync("""{"type":"invoke","invocationId":"i","target":"event","event":"e"}""");
        refusal = await client.ReadJsonAsync();
        Assert.Equal("invokeResponse", refusal.GetProperty("type").GetString());
        Assert.False(refusal.GetProperty("success").GetBoolean());
        await client.SendAsync("""{"type":"cancelInvocation","invocationId":"i"}""");
        foreach (var type in new[] { "setGroupState", "subscribeGroupState", "unsubscribeGroupState" })
        {
            var ack = await client.RequestAsync($$"""{"type":"{{type}}","group":"g","ackId":1}""");
            Assert.Equal("BadRequest", ack.GetProperty("error").GetProperty("name").GetString());
        }
    }
}
