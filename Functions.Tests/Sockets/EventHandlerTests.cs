using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Who may call the event handler, and what it makes of calls that are broken.</summary>
public sealed class EventHandlerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Key = "a-key-of-the-service-0123456789";
    private const string SecondKey = "another-key-of-the-service-01234";
    private const string Connect = "azure.webpubsub.sys.connect";
    private const string Message = "azure.webpubsub.user.message";

    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["WebPubSub:ConnectionString"] = $"Endpoint=http://chat.webpubsub.example:8080;AccessKey={Key};Version=1.0;",
            ["WebPubSub:SecondaryAccessKey"] = SecondKey,
            ["WebPubSub:EventHosts"] = "replica.example, custom.example",
        },
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("chat.webpubsub.example", true)]
    [InlineData("CHAT.webpubsub.example:8080", true)]
    [InlineData("replica.example", true)]
    [InlineData("custom.example", true)]
    [InlineData("evil.example", false)]
    [InlineData("chat.webpubsub.example.evil", false)]
    [InlineData("*", false)]
    [InlineData(null, false)]
    public async Task The_Handshake_Allows_Our_Service_Alone(string? origin, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/webpubsub/events", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", origin);
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.ReadAsync(request);
        Assert.Equal((allowed ? 200 : 400, allowed ? origin : null), (answer.Status, answer.Header("WebHook-Allowed-Origin")));
    }

    public static TheoryData<string?, int> Signatures => new()
    {
        { SignedEvents.Sign(Key), 204 },
        { SignedEvents.Sign(SecondKey), 204 },
        { $"sha256={new string('0', 64)},{SignedEvents.Sign(Key)}", 204 },
        { SignedEvents.Sign(Key).ToUpperInvariant(), 204 },
        { SignedEvents.Sign("another-key"), 401 },
        { SignedEvents.Sign(Key, "connection-2"), 401 },
        { SignedEvents.Sign(Key)["sha256=".Length..], 401 },
        { "sha256=", 401 },
        { "sha256=zz", 401 },
        { ",,,", 401 },
        { "", 401 },
        { null, 401 },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task Only_A_Signature_By_One_Of_The_Keys_Is_Believed(string? signature, int status) =>
        Assert.Equal(status, await SendAsync("azure.webpubsub.sys.disconnected", "chat", """{"reason":"x"}""", "application/json", signature));

    [Theory]
    [InlineData("azure.webpubsub.sys.unheard", "{}", 400)]
    [InlineData("something.else", "{}", 400)]
    [InlineData(Connect, "no json", 400)]
    [InlineData(Connect, "[]", 400)]
    [InlineData(Connect, "null", 400)]
    [InlineData(Connect, "{}", 401)]
    [InlineData(Connect, """{"query":{"ticket":["x"]},"headers":{}}""", 401)]
    [InlineData(Connect, """{"query":{"token":["x"],"channel":["a"]},"headers":{"Cookie":["chat_session=x"]}}""", 401)]
    public async Task Broken_Events_Are_Refused(string type, string body, int status) =>
        Assert.Equal(status, await SendAsync(type, "chat", body, "application/json", SignedEvents.Sign(Key)));

    [Theory]
    [InlineData(null, "not_signed_in")]
    [InlineData("not base64!", "not_signed_in")]
    [InlineData("bnVsbA==", "not_signed_in")]
    [InlineData("e30=", "forbidden")]
    public async Task A_Message_With_A_State_That_Is_Not_Ours_Is_Answered_With_An_Error_And_Success(string? state, string code)
    {
        using HttpClient client = _host.Anonymous();
        using HttpRequestMessage request = SignedEvents.Event(Message, "chat", """{"message":"x"}""", "text/plain", SignedEvents.Sign(Key), new string('a', 32), state);
        ApiAnswer answer = await client.ReadAsync(request).Is(200);
        Assert.Equal(code, answer.Json.GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task Without_A_Web_PubSub_Nobody_May_Call_And_Nothing_Is_Negotiated()
    {
        await using ChatHost bare = await ChatHost.StartAsync(azurite.NewConnectionString());
        using HttpClient client = bare.Anonymous();
        using HttpRequestMessage request = SignedEvents.Event(Message, "chat", "{}", "text/plain", SignedEvents.Sign(""));
        await client.ReadAsync(request).IsProblem(401, "not_signed_in");
        ChatUser sara = await bare.SignedInAsync();
        ApiAnswer answer = await sara.GetAsync($"/ws/notifications/{sara.Username}/");
        answer.IsProblem(503, "unavailable");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    private async Task<int> SendAsync(string type, string hub, string body, string contentType, string? signature)
    {
        using HttpClient client = _host.Anonymous();
        using HttpRequestMessage request = SignedEvents.Event(type, hub, body, contentType, signature);
        return (await client.ReadAsync(request)).Status;
    }
}
