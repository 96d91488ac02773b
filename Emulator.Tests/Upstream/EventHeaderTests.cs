using System.Globalization;
using Emulator.Tests.Infrastructure;
using Emulator.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Emulator.Tests.Upstream;

public sealed class EventHeaderTests
{
    [Fact]
    public void Signature_Is_That_Of_The_Known_Vector_For_Both_Keys()
    {
        var keys = new AccessKeys(new() { AccessKey = "7aab239577fd4f24bc919802fb629f5f", SecondaryAccessKey = "another-key-0123456789" });
        var signatures = keys.SignConnection("0f9c97a2f0bf4706afe87a14e0797b11").Split(',');
        Assert.Equal(2, signatures.Length);
        Assert.Equal("sha256=7767effcb3946f3e1de039df4b986ef02c110b1469d02c0a06f41b3b727ab561", signatures[0]);
        Assert.StartsWith("sha256=", signatures[1], StringComparison.Ordinal);
        Assert.NotEqual(signatures[0], signatures[1]);
    }

    [Fact]
    public async Task Every_Event_Has_The_CloudEvents_Headers()
    {
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect", "connected", "disconnected"]);
        await using var client = await emulator.ConnectJsonAsync("ann");
        await webhook.WaitForAsync("azure.webpubsub.sys.connected");
        await client.RequestOkAsync("""{"type":"event","event":"say","dataType":"text","data":"hi","ackId":1,"metadata":{"k":"v"}}""");
        await client.CloseAsync();
        var disconnected = (await webhook.WaitForAsync("azure.webpubsub.sys.disconnected"))[0];

        Assert.All(webhook.Events, call => AssertCommonHeaders(call, client.ConnectionId));
        Assert.Equal(["0", "1", "2", "3"], webhook.Events.Select(call => call.Header("ce-id")!).Order(StringComparer.Ordinal));
        var connect = Assert.Single(webhook.Events, call => call.Type is "azure.webpubsub.sys.connect");
        Assert.Equal("0", connect.Header("ce-id"));
        Assert.Null(connect.Header("ce-subprotocol"));
        var say = Assert.Single(webhook.Events, call => call.Type is "azure.webpubsub.user.say");
        Assert.Equal("json.webpubsub.azure.v1", say.Header("ce-subprotocol"));
        Assert.Equal("say", say.Header("ce-eventName"));
        Assert.Equal("v", say.Header("X-WebPubSub-Metadata-k"));
        Assert.Equal("text/plain", say.Header("content-type"));
        Assert.Equal("hi", say.Body);
        Assert.Equal("{}", Assert.Single(webhook.Events, call => call.Type is "azure.webpubsub.sys.connected").Body);
        Assert.StartsWith("{\"reason\":", disconnected.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_Identity_Adds_A_Token_For_The_Resource()
    {
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(
            webhook,
            systemEvents: ["connect"],
            configure: options => options.Hubs["test"].EventHandlers[0].Auth =
                new() { Type = "ManagedIdentity", ManagedIdentity = new() { Resource = "api://chat" } });
        await using var client = await emulator.ConnectAsync();
        var header = Assert.Single(webhook.Events).Header("Authorization")!;
        var token = new JsonWebToken(header["Bearer ".Length..]);
        Assert.Equal("api://chat", Assert.Single(token.Audiences));
    }

    [Fact]
    public async Task Anonymous_Client_Has_No_User_Header_And_User_Ids_Beyond_Ascii_Travel_As_Utf8()
    {
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        await using var anonymous = await emulator.ConnectAsync();
        await using var persian = await emulator.ConnectAsync(userId: "سارا");
        await using var injecting = await emulator.ConnectAsync(userId: "a\r\nce-hub: other");
        Assert.Null(webhook.Events[0].Header("ce-userId"));
        Assert.Equal("سارا", webhook.Events[1].Header("ce-userId"));
        Assert.Equal("test", webhook.Events[2].Header("ce-hub"));
    }

    private static void AssertCommonHeaders(WebhookCall call, string connectionId)
    {
        Assert.Equal("127.0.0.1", call.Header("WebHook-Request-Origin"));
        Assert.Equal("1.0", call.Header("ce-awpsversion"));
        Assert.Equal("1.0", call.Header("ce-specversion"));
        Assert.Equal($"/hubs/test/client/{connectionId}", call.Header("ce-source"));
        Assert.Equal(connectionId, call.Header("ce-connectionId"));
        Assert.Equal("test", call.Header("ce-hub"));
        Assert.Equal("ann", call.Header("ce-userId"));
        Assert.True(DateTime.TryParseExact(
            call.Header("ce-time"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));
        var keys = new AccessKeys(new());
        Assert.Equal(keys.SignConnection(connectionId), call.Header("ce-signature"));
    }
}
