using System.Text.Json;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Upstream;

public sealed class ConnectEventTests
{
    private const string Json = "json.webpubsub.azure.v1";

    [Fact]
    public async Task Connect_Event_Tells_Claims_Query_Headers_And_Subprotocols()
    {
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        await using var client = await emulator.ConnectAsync(Json, userId: "ann", roles: ["webpubsub.sendToGroup"], query: "&x=1&x=2");
        var call = Assert.Single(webhook.Events);
        Assert.Equal("/hubs/test/connect", call.Path);
        Assert.Equal("application/json; charset=utf-8", call.Header("content-type"));
        using var body = JsonDocument.Parse(call.Body);
        var root = body.RootElement;
        Assert.Equal("ann", root.GetProperty("claims").GetProperty("sub")[0].GetString());
        Assert.Equal("webpubsub.sendToGroup", root.GetProperty("claims").GetProperty("role")[0].GetString());
        Assert.Equal("2", root.GetProperty("query").GetProperty("x")[1].GetString());
        Assert.False(root.GetProperty("query").TryGetProperty("access_token", out _));
        Assert.Equal(emulator.Authority, root.GetProperty("headers").GetProperty("Host")[0].GetString());
        Assert.Equal(Json, root.GetProperty("subprotocols")[0].GetString());
        Assert.Equal(0, root.GetProperty("clientCertificates").GetArrayLength());
    }

    [Fact]
    public async Task Answer_Sets_User_Groups_Roles_And_State_On_Top_Of_The_Token()
    {
        await using var webhook = await Webhook.StartAsync((call, context) =>
        {
            context.Response.Headers["ce-connectionState"] = "c3RhdGU=";
            return call.Type.EndsWith(".connect", StringComparison.Ordinal)
                ? context.AnswerAsync("""{"userId":"bob","groups":["b"],"roles":["webpubsub.sendToGroup.b"],"unknown":1}""", "application/json")
                : context.AnswerAsync(204);
        });
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        await using var client = await emulator.ConnectAsync(Json, userId: "ann", roles: ["webpubsub.joinLeaveGroup"], groups: ["a"]);
        Assert.Equal("bob", (await client.ReadConnectedAsync()).GetProperty("userId").GetString());
        Assert.Equal(["a", "b"], emulator.State.Groups.Select(group => group.Key).Order(StringComparer.Ordinal));
        await client.SendAsync("""{"type":"sendToGroup","group":"b","data":1}""");
        Assert.Equal("bob", (await client.ReadJsonAsync()).GetProperty("fromUserId").GetString());
        await client.RequestOkAsync("""{"type":"joinGroup","group":"c","ackId":1}""");
        await client.RequestOkAsync("""{"type":"event","event":"e","data":1,"ackId":2}""");
        Assert.Equal("c3RhdGU=", webhook.Events[^1].Header("ce-connectionState"));
        Assert.Equal("bob", webhook.Events[^1].Header("ce-userId"));
    }

    [Fact]
    public async Task Answer_May_Pick_A_Custom_Subprotocol_That_Was_Offered()
    {
        var pick = "chat.v1";
        await using var webhook = await Webhook.StartAsync((_, context) => context.AnswerAsync($$"""{"subprotocol":"{{pick}}"}""", "application/json"));
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        var address = emulator.Emulator.GetClientAccessUri("test");
        await using var client = await TestClient.ConnectAsync(address, Json, "chat.v1");
        Assert.Equal("chat.v1", client.Subprotocol);
        pick = "other.v1";
        Assert.Equal(500, await TestClient.ConnectRefusedAsync(address, Json, "chat.v1"));
    }

    [Theory]
    [InlineData(401, 401)]
    [InlineData(403, 403)]
    [InlineData(400, 400)]
    [InlineData(500, 500)]
    [InlineData(302, 500)]
    public async Task Refusals_Reach_The_Client(int answer, int expected)
    {
        await using var webhook = await Webhook.StartAsync((_, context) => context.AnswerAsync("no", status: answer));
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        Assert.Equal(expected, await TestClient.ConnectRefusedAsync(emulator.Emulator.GetClientAccessUri("test"), Json));
        Assert.Empty(emulator.State.Connections);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"groups":"g"}""")]
    [InlineData("""{"groups":[" "]}""")]
    [InlineData("""{"groups":[null]}""")]
    public async Task Answer_That_Cannot_Be_Read_Refuses_The_Client_With_500(string body)
    {
        await using var webhook = await Webhook.StartAsync((_, context) => context.AnswerAsync(body, "application/json"));
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        Assert.Equal(500, await TestClient.ConnectRefusedAsync(emulator.Emulator.GetClientAccessUri("test"), Json));
    }

    [Fact]
    public async Task Query_Keeps_The_Access_Token_If_The_Option_Says_So()
    {
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(
            webhook, systemEvents: ["connect"], configure: options => options.IncludeAccessTokenInConnectEvent = true);
        await using var client = await emulator.ConnectAsync();
        Assert.Contains("\"access_token\"", Assert.Single(webhook.Events).Body, StringComparison.Ordinal);
    }
}
