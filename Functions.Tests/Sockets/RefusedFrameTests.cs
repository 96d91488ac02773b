using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Frames that can't be accepted: told to their sender alone, and nothing else happens.</summary>
public sealed class RefusedFrameTests(SocketChain chain, AzuriteFixture azurite) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    public static TheoryData<string, string, string?> Wrong => new()
    {
        { "hello", "invalid_json", null },
        { "", "invalid_json", null },
        { "[1]", "invalid_json", null },
        { "\"x\"", "invalid_json", null },
        { "{\"message\":\"x\"", "invalid_json", null },
        { "{}", "invalid_request", null },
        { """{"client_id":"c"}""", "invalid_request", "c" },
        { """{"message":"   ","client_id":"c"}""", "invalid_request", "c" },
        { """{"message":5,"client_id":"c"}""", "invalid_request", "c" },
        { """{"message":"x","client_id":7}""", "invalid_request", null },
        { """{"message":"x","client_id":""}""", "invalid_request", "" },
        { """{"message":"a\u0000b"}""", "invalid_request", null },
        { """{"event":"dance"}""", "invalid_request", null },
        { """{"event":"message","message":"x","client_id":"c"}""", "invalid_request", "c" },
        { """{"event":5,"message":"x"}""", "invalid_request", null },
        { """{"event":"read"}""", "invalid_request", null },
        { """{"event":"read","id":1}""", "invalid_request", null },
        { """{"event":"read","id":"x"}""", "invalid_request", null },
        { """{"event":"typing""", "invalid_json", null },
        { """{"event":null}""", "invalid_request", null },
        { $$"""{"message":"{{new string('x', 16_001)}}","client_id":"long"}""", "invalid_request", "long" },
        { $$"""{"message":"x","padding":"{{new string('x', 70_000)}}"}""", "body_too_large", null },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task The_Sender_Is_Told_And_The_Socket_Goes_On(string text, string code, string? clientId)
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await using ChatSocket one = await sara.OpenGroupAsync(room);
        await using ChatSocket other = await bob.OpenGroupAsync(room);

        await one.SendTextAsync(text);

        JsonElement frame = await one.ReceiveAsync();
        JsonElement error = frame.HasExactly(clientId is null ? ["error"] : ["error", "client_id"]).GetProperty("error").HasExactly("code", "detail");
        Assert.Equal(code, error.Text("code"));
        Assert.NotEmpty(error.Text("detail")!);
        Assert.True(clientId is null || clientId == frame.Text("client_id"));
        await one.SendAsync(new { message = "still here" });
        Assert.Equal(1, (await one.ReceiveAsync()).Number("id"));
        Assert.Equal("still here", (await other.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task A_Binary_Frame_Is_Refused()
    {
        ChatUser sara = await _host.SignedInAsync();
        await using ChatSocket socket = await sara.OpenGroupAsync(await sara.OpenAsync());
        await socket.SendBytesAsync("""{"message":"x"}"""u8.ToArray());
        Assert.Equal("invalid_json", (await socket.ReceiveAsync()).GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task The_Longest_Message_Passes()
    {
        ChatUser sara = await _host.SignedInAsync();
        await using ChatSocket socket = await sara.OpenGroupAsync(await sara.OpenAsync());
        string longest = string.Concat(Enumerable.Repeat("سلام", 4_000));
        await socket.SendTextAsync($$"""{"message":"{{longest}}"}""");
        Assert.Equal(longest, (await socket.ReceiveAsync()).Text("message"));
    }

    [Fact]
    public async Task Who_Is_Too_Fast_Is_Told_On_Sockets_And_Over_Http_Alike()
    {
        var slow = new ChatHostOptions
        {
            Time = new StoppedWatch(), // However slow this machine is, nobody earns a message meanwhile.
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messages:SendBurst"] = "3", ["Messages:SendsPerSecond"] = "1" },
        };
        (global::Emulator.WebPubSubEmulator emulator, ChatHost host) = await SocketChain.StartAsync(azurite.NewConnectionString(), _ => slow);
        await using (emulator)
        await using (host)
        {
            (ChatUser sara, ChatUser bob) = (await host.SignedInAsync(), await host.SignedInAsync());
            Room room = await sara.OpenAsync();
            await using ChatSocket socket = await sara.OpenGroupAsync(room);
            await sara.SayAsync(room, "1").Is(201);
            await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "2" }).Is(201);
            await socket.SendAsync(new { message = "3" });
            await socket.SendAsync(new { message = "4", client_id = "four" });

            Assert.Equal(("1", "3"), ((await socket.ReceiveAsync()).Text("message"), (await socket.ReceiveAsync()).Text("message")));
            JsonElement refused = await socket.ReceiveAsync();
            Assert.Equal(("too_many_requests", "four"), (refused.GetProperty("error").Text("code"), refused.Text("client_id")));
            Assert.InRange(refused.GetProperty("error").Number("retry_after"), 1, 2);
            ApiAnswer answer = await sara.SayAsync(room, "5");
            answer.IsProblem(429, "too_many_requests");
            Assert.InRange(int.Parse(answer.Header("Retry-After")!), 1, 2);
            await bob.SayAsync(room, "another's own measure").Is(201);
        }
    }

    /// <summary>The time of day goes on; what measures how much has passed measures nothing.</summary>
    private sealed class StoppedWatch : TimeProvider
    {
        public override long GetTimestamp() => TimestampFrequency;
    }
}
