using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Upstream;

public sealed class UserEventTests
{
    [Theory]
    [InlineData("text/plain", "hi", """{"type":"message","from":"server","dataType":"text","data":"hi"}""")]
    [InlineData(null, "hi", """{"type":"message","from":"server","dataType":"text","data":"hi"}""")]
    [InlineData("application/json; charset=utf-8", "{\"a\":1}", """{"type":"message","from":"server","dataType":"json","data":{"a":1}}""")]
    [InlineData("application/octet-stream", "abc", """{"type":"message","from":"server","dataType":"binary","data":"YWJj"}""")]
    public async Task Answer_Reaches_The_Sender_Before_Its_Ack(string? contentType, string body, string expected)
    {
        await using var webhook = await Webhook.StartAsync((_, context) => context.AnswerAsync(body, contentType));
        await using var emulator = await TestEmulator.StartAsync(webhook);
        await using var client = await emulator.ConnectJsonAsync();
        await client.SendAsync("""{"type":"event","event":"e","dataType":"json","data":{"x":1},"ackId":1}""");
        Assert.Equal(expected, await client.ReadTextAsync());
        Assert.Equal("""{"type":"ack","ackId":1,"success":true}""", await client.ReadTextAsync());
        Assert.Equal("{\"x\":1}", Assert.Single(webhook.Events).Body);
        Assert.Equal("application/json", webhook.Events[0].Header("content-type"));
    }

    [Fact]
    public async Task First_Handler_That_Wants_An_Event_Takes_It_Alone()
    {
        await using var first = await Webhook.StartAsync();
        await using var second = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(options => options.Hubs["TEST"] = new()
        {
            EventHandlers =
            {
                new() { UrlTemplate = first.Url, UserEventPattern = "other, SAY" },
                new() { UrlTemplate = $"{second.Url}/api/{{hub}}/{{event}}?code=k", UserEventPattern = "*" },
            },
        });
        await using var client = await emulator.ConnectJsonAsync();
        await client.RequestOkAsync("""{"type":"event","event":"say","data":1,"ackId":1}""");
        await client.RequestOkAsync("""{"type":"event","event":"shout","data":1,"ackId":2}""");
        Assert.Equal("say", Assert.Single(first.Events).Header("ce-eventName"));
        Assert.Equal("/api/test/shout", Assert.Single(second.Events).Path);
    }

    [Fact]
    public async Task Events_Of_One_Connection_Come_One_At_A_Time_In_Order_And_Others_Go_On()
    {
        var gate = new TaskCompletionSource();
        var running = 0;
        var overlapped = false;
        await using var webhook = await Webhook.StartAsync(async (call, context) =>
        {
            if (call.Header("ce-userId") is "slow")
            {
                overlapped |= Interlocked.Increment(ref running) > 1;
                await gate.Task;
                Interlocked.Decrement(ref running);
            }

            await context.AnswerAsync(204);
        });
        await using var emulator = await TestEmulator.StartAsync(webhook);
        await using var slow = await emulator.ConnectJsonAsync("slow");
        await using var quick = await emulator.ConnectJsonAsync("quick");
        for (var i = 1; i <= 20; i++)
        {
            await slow.SendAsync($$"""{"type":"event","event":"e","dataType":"text","data":"{{i}}","ackId":{{i}}}""");
        }

        await quick.RequestOkAsync("""{"type":"event","event":"e","data":1,"ackId":1}""");
        gate.SetResult();
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(i, (await slow.ReadJsonAsync()).GetProperty("ackId").GetInt32());
        }

        Assert.False(overlapped);
        Assert.Equal(
            Enumerable.Range(1, 20).Select(i => $"{i}"),
            webhook.Events.Where(call => call.Header("ce-userId") is "slow").Select(call => call.Body));
    }

    [Fact]
    public async Task State_And_Cookies_Of_An_Answer_Come_Back_With_The_Next_Event()
    {
        await using var webhook = await Webhook.StartAsync((call, context) =>
        {
            if (call.Body is "set")
            {
                context.Response.Headers["ce-connectionState"] = "one";
                context.Response.Headers.SetCookie = "route=7; Path=/";
            }

            return context.AnswerAsync(204);
        });
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["disconnected"]);
        await using var client = await emulator.ConnectJsonAsync();
        await client.RequestOkAsync("""{"type":"event","event":"e","dataType":"text","data":"set","ackId":1}""");
        await client.RequestOkAsync("""{"type":"event","event":"e","dataType":"text","data":"keep","ackId":2}""");
        await client.CloseAsync();
        var disconnected = (await webhook.WaitForAsync("azure.webpubsub.sys.disconnected"))[0];
        Assert.Null(webhook.Events[0].Header("ce-connectionState"));
        Assert.Equal("one", webhook.Events[1].Header("ce-connectionState"));
        Assert.Equal("route=7", webhook.Events[1].Header("Cookie"));
        Assert.Equal("one", disconnected.Header("ce-connectionState"));
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(404, null)]
    [InlineData(200, "text/html")]
    [InlineData(200, "application/json")]
    public async Task Failed_Event_Gets_An_Error_Ack_And_Closes_The_Client_Unless_The_Option_Says_Otherwise(int status, string? contentType)
    {
        await using var webhook = await Webhook.StartAsync((_, context) => context.AnswerAsync("not json", contentType ?? "text/plain", status));
        await using var closing = await TestEmulator.StartAsync(webhook);
        await using var closed = await closing.ConnectJsonAsync();
        var ack = await closed.RequestAsync("""{"type":"event","event":"e","data":1,"ackId":1}""");
        Assert.Equal("InternalServerError", ack.GetProperty("error").GetProperty("name").GetString());
        Assert.Equal(1011, await closed.ReadCloseAsync());

        await using var keeping = await TestEmulator.StartAsync(webhook, configure: options => options.CloseClientWhenEventFails = false);
        await using var kept = await keeping.ConnectJsonAsync();
        await kept.RequestAsync("""{"type":"event","event":"e","data":1,"ackId":1}""");
        await kept.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await kept.ReadTextAsync());
    }

    [Fact]
    public async Task Event_Without_A_Handler_Fails_Like_A_Failed_Handler()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        var ack = await client.RequestAsync("""{"type":"event","event":"e","data":1,"ackId":1}""");
        Assert.Equal("InternalServerError", ack.GetProperty("error").GetProperty("name").GetString());
        Assert.Equal(1011, await client.ReadCloseAsync());
    }
}
