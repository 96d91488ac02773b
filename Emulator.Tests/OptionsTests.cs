using Emulator.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Emulator.Tests;

public sealed class OptionsTests
{
    [Fact]
    public async Task Settings_That_Are_Wrong_Or_Not_Supported_Are_Named_At_The_Start()
    {
        var options = new WebPubSubEmulatorOptions { AccessKey = "short", Url = "https://localhost", PublicEndpoint = "nowhere", MaxMessageBytes = 1 };
        options.Hubs["my-hub"] = new()
        {
            AnonymousConnectPolicy = "maybe",
            WebSocketKeepAliveIntervalInSeconds = 121,
            EventHandlers =
            {
                new() { UrlTemplate = "http://{hub}.example/", SystemEvents = { "joined" } },
                new() { UrlTemplate = "{@Microsoft.KeyVault(SecretUri=x)}", Auth = new() { Type = "ManagedIdentity" } },
                new() { UrlTemplate = "tunnel:///x", Auth = new() { Type = "Key" } },
            },
        };
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WebPubSubEmulator.StartAsync(options, TestContext.Current.CancellationToken));
        foreach (var text in new[]
        {
            "AccessKey", "Url 'https", "PublicEndpoint", "MaxMessageBytes", "the name", "anonymousConnectPolicy", "webSocketKeepAlive", "{hub}.example",
            "no 'joined'", "KeyVault", "resource is required", "tunnel", "auth.type",
        })
        {
            Assert.Contains(error.Failures, failure => failure.Contains(text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Configuration_Uses_The_Names_Of_The_Arm_Model()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["hubs:chat:anonymousConnectPolicy"] = "allow",
            ["hubs:chat:webSocketKeepAliveIntervalInSeconds"] = "5",
            ["hubs:chat:eventHandlers:0:urlTemplate"] = "http://localhost/{event}",
            ["hubs:chat:eventHandlers:0:userEventPattern"] = "a,b",
            ["hubs:chat:eventHandlers:0:systemEvents:0"] = "connect",
            ["hubs:chat:eventHandlers:0:auth:type"] = "ManagedIdentity",
            ["hubs:chat:eventHandlers:0:auth:managedIdentity:resource"] = "r",
            ["upstreamTimeout"] = "00:00:05",
        }).Build();
        var options = new WebPubSubEmulatorOptions();
        configuration.Bind(options);
        var hub = options.Hubs["CHAT"];
        Assert.Equal("allow", hub.AnonymousConnectPolicy);
        Assert.Equal(5, hub.WebSocketKeepAliveIntervalInSeconds);
        var handler = Assert.Single(hub.EventHandlers);
        Assert.Equal(("http://localhost/{event}", "a,b", "connect"), (handler.UrlTemplate, handler.UserEventPattern, Assert.Single(handler.SystemEvents)));
        Assert.Equal("r", handler.Auth!.ManagedIdentity!.Resource);
        Assert.Equal(TimeSpan.FromSeconds(5), options.UpstreamTimeout);
    }

    [Fact]
    public async Task Stop_Tells_Clients_And_Closes_With_1001()
    {
        var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        var stopping = emulator.DisposeAsync();
        Assert.Equal("disconnected", (await client.ReadJsonAsync()).GetProperty("event").GetString());
        Assert.Equal(1001, await client.ReadCloseAsync());
        await stopping;
    }
}
