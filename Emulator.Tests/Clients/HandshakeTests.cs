using System.Net;
using System.Net.WebSockets;
using Emulator.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Emulator.Tests.Clients;

public sealed class HandshakeTests
{
    [Fact]
    public async Task Client_Connects_By_The_Canonical_And_The_Older_Address()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var canonical = emulator.Emulator.GetClientAccessUri(TestEmulator.Hub);
        await using var first = await TestClient.ConnectAsync(canonical);
        foreach (var path in new[] { "/client/?hub=test&", "/client?hub=TEST&" })
        {
            await using var older = await TestClient.ConnectAsync(new($"ws://{canonical.Authority}{path}{canonical.Query[1..]}"));
        }

        Assert.Contains(emulator.State.Connections, connection => connection.IsOnline);
    }

    [Fact]
    public async Task Token_May_Come_In_The_Authorization_Header()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {emulator.Sign($"{emulator.Emulator.Endpoint}client/hubs/test")}");
        await socket.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/test"), TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("ws")]
    [InlineData("HTTP")]
    public async Task Audience_May_Name_Either_Scheme_Family_In_Any_Case(string scheme)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var token = emulator.Sign($"{scheme}://{emulator.Authority}/client/hubs/TEST");
        await using var client = await TestClient.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/test?access_token={token}"));
    }

    [Fact]
    public async Task Client_Without_A_Valid_Token_Is_Refused_With_401()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var stranger = await TestEmulator.StartAsync(options => options.AccessKey = "another-key-of-another-service-000000");
        var audience = $"http://{emulator.Authority}/client/hubs/test";
        string[] invalid =
        [
            "",
            "nonsense",
            emulator.Sign($"http://{emulator.Authority}/client/hubs/other"),
            emulator.Sign(audience, TimeSpan.FromMinutes(-10)),
            stranger.Sign(audience),
        ];
        foreach (var token in invalid)
        {
            var status = await TestClient.ConnectRefusedAsync(new($"ws://{emulator.Authority}/client/hubs/test?access_token={token}"));
            Assert.Equal(StatusCodes.Status401Unauthorized, status);
        }
    }

    [Fact]
    public async Task Tokens_Of_The_Secondary_Key_Are_Valid()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.SecondaryAccessKey = "the-old-key-that-is-being-rotated-away");
        await using var signer = await TestEmulator.StartAsync(options => options.AccessKey = "the-old-key-that-is-being-rotated-away");
        var token = signer.Sign($"http://{emulator.Authority}/client/hubs/test");
        await using var client = await TestClient.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/test?access_token={token}"));
    }

    [Fact]
    public async Task Anonymous_Policy_Allow_Lets_Clients_In_Without_A_Token()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.Hubs["test"] = new() { AnonymousConnectPolicy = "allow" });
        await using var without = await TestClient.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/test"));
        await using var invalid = await TestClient.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/test?access_token=x"));

        await using var strict = await TestEmulator.StartAsync(options =>
        {
            options.Hubs["test"] = new() { AnonymousConnectPolicy = "allow" };
            options.InvalidTokenIsAnonymous = false;
        });
        Assert.Equal(401, await TestClient.ConnectRefusedAsync(new($"ws://{strict.Authority}/client/hubs/test?access_token=x")));
    }

    [Fact]
    public async Task Settings_Of_The_Default_Hub_Hold_For_Hubs_Without_Their_Own()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.Hubs["_default"] = new() { AnonymousConnectPolicy = "allow" });
        await using var client = await TestClient.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/any"));
    }

    [Fact]
    public async Task Requests_That_Are_Wrong_Get_400()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var badGroup = emulator.Emulator.GetClientAccessUri("test", groups: [new string('g', 1025)]);
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(badGroup));
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(new($"ws://{emulator.Authority}/client/hubs/my-hub")));
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(new($"{emulator.Emulator.GetClientAccessUri("test")}&webpubsub_mode=nonsense")));
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(new($"{emulator.Emulator.GetClientAccessUri("test")}&webpubsub_mode=sendToGroup")));

        using var http = new HttpClient();
        using var plain = await http.GetAsync($"{emulator.Emulator.Endpoint}client/hubs/test", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
    }

    [Fact]
    public async Task Subprotocols_That_The_Emulator_Lacks_Are_Refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var address = emulator.Emulator.GetClientAccessUri("test");
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(address, "protobuf.webpubsub.azure.v1"));
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(address, "protobuf.reliable.webpubsub.azure.v1"));
        Assert.Equal(501, await TestClient.ConnectRefusedAsync(new($"ws://{emulator.Authority}/clients/mqtt/hubs/test"), "mqtt"));
        Assert.Equal(501, await TestClient.ConnectRefusedAsync(new($"ws://{emulator.Authority}/clients/socketio/hubs/test")));
    }

    [Fact]
    public async Task First_Known_Subprotocol_Is_Chosen_Whatever_Its_Case()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var address = emulator.Emulator.GetClientAccessUri("test");
        await using var client = await TestClient.ConnectAsync(address, "protobuf.webpubsub.azure.v1", "JSON.webpubsub.azure.v1", "chat.v1");
        Assert.Equal("JSON.webpubsub.azure.v1", client.Subprotocol);
        await client.ReadConnectedAsync();
    }

    [Fact]
    public async Task Custom_Subprotocol_Makes_A_Simple_Client_Or_Is_Refused_As_The_Option_Says()
    {
        await using var lenient = await TestEmulator.StartAsync();
        await using var client = await TestClient.ConnectAsync(lenient.Emulator.GetClientAccessUri("test"), "chat.v1");
        Assert.Equal("chat.v1", client.Subprotocol);

        await using var strict = await TestEmulator.StartAsync(options => options.AcceptCustomSubprotocolWithoutHandler = false);
        Assert.Equal(400, await TestClient.ConnectRefusedAsync(strict.Emulator.GetClientAccessUri("test"), "chat.v1"));
    }
}
