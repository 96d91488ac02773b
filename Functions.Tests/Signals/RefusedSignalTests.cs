using System.Text.Json;
using Emulator;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Signals;

/// <summary>Signals on a right that has been lost: the test calls the event handler itself, with the state of a connection as it was.</summary>
public sealed class RefusedSignalTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private const string Message = "azure.webpubsub.user.message";
    private static readonly string Signature = SignedEvents.Sign(WebPubSubEmulatorOptions.DevelopmentAccessKey);

    private readonly ChatHost _host = chain.Host;

    [Theory]
    [InlineData("""{"event":"typing"}""", "kick", "forbidden")]
    [InlineData("""{"event":"typing"}""", "delete", "not_found")]
    [InlineData("""{"event":"typing"}""", "rename", null)]
    [InlineData("""{"event":"typing"}""", "nothing", null)]
    [InlineData("""{"event":"read","id":1}""", "kick", "forbidden")]
    [InlineData("""{"event":"read","id":1}""", "delete", "not_found")]
    [InlineData("""{"event":"read","id":1}""", "rename", null)]
    [InlineData("""{"event":"read","id":1}""", "nothing", null)]
    [InlineData("""{"event":"read","id":1}""", "kick from a large one", "forbidden")]
    public async Task Who_Is_No_Member_Any_More_Is_Refused_And_Heard_By_Nobody(string frame, string change, string? code)
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(eve);
        await sara.SayAsync(room, "hi").Is(201);
        (string userId, string state) = await ConnectAsync(eve, room.Slug);
        await using ChatSocket hers = await sara.OpenNotificationsAsync();
        await ChangeAsync(change, sara, eve, room);

        ApiAnswer answer = await SendAsync(frame, userId, state);

        Assert.Equal(code, answer.Status == 204 ? null : answer.Json.HasExactly("error").GetProperty("error").HasExactly("code", "detail").Text("code"));
        Assert.Equal(change is "rename" && frame.Contains("typing", StringComparison.Ordinal), answer.Header("ce-connectionState") is not null);
        await sara.PostAsync(sara.PrivatePath(), new { message = "the end" }).Is(201);
        string[] kinds = [.. await KindsAsync(hers)];
        Assert.Equal(code is null, kinds.Contains("typing") || kinds.Contains("read"));
    }

    [Fact]
    public async Task A_New_State_Saves_The_Second_Look()
    {
        (ChatUser sara, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(eve);
        (string userId, string state) = await ConnectAsync(eve, room.Slug);
        await ChangeAsync("rename", sara, eve, room);

        string renewed = (await SendAsync("""{"event":"typing"}""", userId, state).Is(204)).Header("ce-connectionState")!;
        Assert.NotEqual(state, renewed);
        Assert.Null((await SendAsync("""{"event":"typing"}""", userId, renewed).Is(204)).Header("ce-connectionState"));
    }

    [Theory]
    [InlineData("""{"event":"typing"}""")]
    [InlineData("""{"event":"read","id":1}""")]
    public async Task The_Notifications_Channel_Takes_None(string frame)
    {
        ChatUser sara = await _host.SignedInAsync();
        await using ChatSocket socket = await sara.OpenNotificationsAsync();
        await socket.SendTextAsync(frame);
        Assert.Equal("forbidden", (await socket.ReceiveAsync()).GetProperty("error").Text("code"));
    }

    private async Task<ApiAnswer> SendAsync(string frame, string userId, string state)
    {
        using HttpClient client = _host.Anonymous();
        return await client.ReadAsync(SignedEvents.Event(Message, "chat", frame, "text/plain", Signature, userId, state));
    }

    private async Task<(string UserId, string State)> ConnectAsync(ChatUser user, string slug)
    {
        string body = JsonSerializer.Serialize(new { query = new { channel = new[] { slug }, token = new[] { user.Token } }, headers = new { } });
        using HttpClient client = _host.Anonymous();
        ApiAnswer answer = await client.ReadAsync(SignedEvents.Event("azure.webpubsub.sys.connect", "chat", body, "application/json", Signature)).Is(200);
        return (answer.Json.Text("userId")!, answer.Header("ce-connectionState")!);
    }

    private async Task ChangeAsync(string change, ChatUser sara, ChatUser eve, Room room)
    {
        if (change.StartsWith("kick", StringComparison.Ordinal))
        {
            await (change is "kick" ? Task.CompletedTask : _host.CountAsync(room, 52));
            await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{eve.Username}/").Is(204);
        }
        else if (change is "delete")
        {
            await sara.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);
        }
        else if (change is "rename")
        {
            await sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = "x" }).Is(200);
        }
    }

    /// <summary>Of what came before the last message.</summary>
    private static async Task<List<string>> KindsAsync(ChatSocket socket)
    {
        var kinds = new List<string>();
        for (JsonElement frame = await socket.ReceiveAsync(); frame.Text("message") != "the end"; frame = await socket.ReceiveAsync())
        {
            kinds.Add(frame.Text("kind")!);
        }

        return kinds;
    }
}
