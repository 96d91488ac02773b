using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.HostContract;

/// <summary>Web PubSub's calls through the host.</summary>
[Collection(PublishedGroup.Name)]
public sealed class EventTests(PublishedChain chain)
{
    private const string Message = "azure.webpubsub.user.message";

    [Fact]
    public async Task The_Handshake_Is_No_Preflight_And_Reaches_The_App()
    {
        string origin = chain.Emulator.Endpoint.Host;
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/webpubsub/events", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", origin);
        using HttpClient client = chain.Host.Anonymous();
        ApiAnswer answer = await client.ReadAsync(request);
        Assert.Equal((200, origin), (answer.Status, answer.Header("WebHook-Allowed-Origin")));
    }

    [Fact]
    public async Task Nobody_Else_May_Call()
    {
        using HttpClient client = chain.Host.Anonymous();
        using HttpRequestMessage request = SignedEvents.Event(Message, "chat", "{}", "text/plain", SignedEvents.Sign("another-key"));
        Assert.Equal(401, (await client.ReadAsync(request)).Status);
    }

    [Fact]
    public async Task An_Event_Of_A_Mebibyte_Is_Answered_In_Words()
    {
        string key = chain.Emulator.ConnectionString.Split(';').Single(p => p.StartsWith("AccessKey=", StringComparison.Ordinal))["AccessKey=".Length..];
        using HttpClient client = chain.Host.Anonymous();
        using HttpRequestMessage request = SignedEvents.Event(
            Message, "chat", $$"""{"message":"{{new string('x', 1 << 20)}}"}""", "text/plain", SignedEvents.Sign(key), new string('a', 32));
        ApiAnswer answer = await client.ReadAsync(request);
        Assert.Equal(200, answer.Status);
        Assert.True(answer.Json.TryGetProperty("error", out _), answer.ToString());
    }
}
