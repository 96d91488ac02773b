using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Local;

/// <summary>The gateway in front of Web PubSub: the document's addresses, and bytes both ways.</summary>
public sealed class GatewaySocketTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("/ws/chat/friends/", "/client/hubs/chat?channel=friends")]
    [InlineData("/ws/chat/friends?token=t&a=b", "/client/hubs/chat?channel=friends&token=t&a=b")]
    [InlineData("/ws/private_chat/a+b@c/", "/client/hubs/private_chat?channel=a%2Bb%40c")]
    [InlineData("/ws/notifications/%D8%B3%D8%A7%D8%B1%D8%A7/?channel=evil&CHANNEL=x&%63hannel=y&k=1", "/client/hubs/notifications?channel=%D8%B3%D8%A7%D8%B1%D8%A7&k=1")]
    public async Task Addresses_Are_Rewritten_To_Their_Hubs(string asked, string got)
    {
        await using Upstream upstream = await Upstream.StartAsync(context => TellAsync(context, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
        await using ChatSocket socket = await ChatSocket.OpenAsync(Exact(upstream, asked));
        Assert.Equal(got, await socket.ReceiveTextAsync());
    }

    [Fact]
    public async Task Headers_And_Subprotocols_Pass_And_Authorization_Under_Another_Name()
    {
        await using Upstream upstream = await Upstream.StartAsync(context => TellAsync(
            context,
            string.Join('|', context.Request.Headers.Cookie, context.Request.Headers.Origin, context.Request.Headers.Authorization, context.Request.Headers["X-Original-Authorization"], context.Request.Headers["X-Forwarded-Host"], context.Request.Host),
            "json.webpubsub.azure.v1"));
        await using ChatSocket socket = await ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"), options =>
        {
            options.SetRequestHeader("Cookie", "chat_session=s; b=2");
            options.SetRequestHeader("Origin", "http://localhost:8000");
            options.SetRequestHeader("Authorization", "Bearer t");
            options.SetRequestHeader("X-Original-Authorization", "Bearer forged");
            options.AddSubProtocol("json.webpubsub.azure.v1");
        });
        Assert.Equal($"chat_session=s; b=2|http://localhost:8000||Bearer t|{upstream.Gateway.Address.Authority}|{upstream.Authority}", await socket.ReceiveTextAsync());
        Assert.Equal("json.webpubsub.azure.v1", socket.Subprotocol);
    }

    [Theory]
    [InlineData("/ws/chat/x/", 401)]
    [InlineData("/ws/chat/x/", 403)]
    [InlineData("/ws/chat/x/", 500)]
    [InlineData("/ws/other/x/", 404)]
    [InlineData("/ws/chat/", 404)]
    [InlineData("/ws/chat/x/y/", 404)]
    public async Task A_Refusal_Reaches_The_Client(string path, int status)
    {
        await using Upstream upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("refused");
        });
        Assert.Equal(status, (await Assert.ThrowsAsync<SocketRefusedException>(() => ChatSocket.OpenAsync(Exact(upstream, path)))).Status);
    }

    [Fact]
    public async Task Messages_Of_Any_Size_Pass_Both_Ways_For_Many_At_Once()
    {
        await using Upstream upstream = await Upstream.StartAsync(EchoAsync);
        string large = Convert.ToHexString(RandomNumberGenerator.GetBytes(512 * 1024));
        ChatSocket[] sockets = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"))));
        await Task.WhenAll(sockets.Select(async (socket, index) =>
        {
            await socket.SendTextAsync($"سلام {index}");
            await socket.SendTextAsync(index % 25 == 0 ? large : "small");
            Assert.Equal($"سلام {index}", await socket.ReceiveTextAsync());
            Assert.Equal(index % 25 == 0 ? large : "small", await socket.ReceiveTextAsync());
        }));
        await Task.WhenAll(sockets.Select(socket => socket.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_Close_Of_The_Service_Reaches_The_Client_With_Its_Code()
    {
        await using Upstream upstream = await Upstream.StartAsync(async context =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.CloseAsync((WebSocketCloseStatus)4321, "why", CancellationToken.None);
        });
        await using ChatSocket client = await ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"));
        await client.WaitForCloseAsync();
        Assert.Equal(4321, (int)client.CloseStatus!);
    }

    [Fact]
    public async Task A_Close_Of_The_Client_Reaches_The_Service_And_What_The_Service_Says_To_It_The_Client()
    {
        await using Upstream upstream = await Upstream.StartAsync(async context =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            while ((await socket.ReceiveAsync(new byte[16], context.RequestAborted)).MessageType is not WebSocketMessageType.Close)
            {
            }

            await socket.SendAsync(new byte[256 * 1024], WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, CancellationToken.None);
        });
        for (int i = 0; i < 20; i++)
        {
            await using ChatSocket client = await ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"));
            await client.SayCloseAsync((WebSocketCloseStatus)4321, "خداحافظ");
            Assert.Equal(256 * 1024, Assert.Single(await client.WaitForCloseAsync()).Length);
            Assert.Equal(4321, (int?)client.CloseStatus);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_End_Of_The_Client_Reaches_The_Service(bool abort)
    {
        var ended = new TaskCompletionSource<WebSocketCloseStatus?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Upstream upstream = await Upstream.StartAsync(async context =>
        {
            await EchoAsync(context);
            ended.TrySetResult(null);
        });
        ChatSocket client = await ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"));
        if (abort)
        {
            client.Abort();
        }

        await client.DisposeAsync();
        await ended.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_Loss_Of_The_Service_And_The_Stop_Of_The_Gateway_Cut_The_Client()
    {
        await using Upstream upstream = await Upstream.StartAsync(async context =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[1], context.RequestAborted);
            context.Abort();
        });
        await using ChatSocket lost = await ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"));
        await lost.SendTextAsync("x");
        await lost.WaitForCloseAsync();
        await using ChatSocket stopped = await ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/"));
        await upstream.Gateway.DisposeAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        await stopped.WaitForCloseAsync();
    }

    [Fact]
    public async Task A_Service_That_Is_Down_Is_A_502()
    {
        await using Upstream upstream = await Upstream.StartAsync(EchoAsync);
        await upstream.StopAsync();
        Assert.Equal(502, (await Assert.ThrowsAsync<SocketRefusedException>(() => ChatSocket.OpenAsync(Exact(upstream, "/ws/chat/x/")))).Status);
    }

    private static async Task TellAsync(HttpContext context, string text, string? subprotocol = null)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(subprotocol);
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        await socket.ReceiveAsync(new byte[1], context.RequestAborted);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } part)
            {
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Cut by the test.
        }
    }

    private static Uri Exact(Upstream upstream, string target) => new(
        $"ws://localhost:{upstream.Gateway.Address.Port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
