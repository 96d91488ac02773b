using System.Net;
using System.Net.Sockets;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Faults;

public sealed class BadWebhookTests
{
    private const string Event = """{"type":"event","event":"e","data":1,"ackId":1}""";

    [Fact]
    public async Task Webhook_That_Hangs_Fails_Its_Client_After_The_Limit_And_Nobody_Else()
    {
        await using var webhook = await Webhook.StartAsync((call, context) =>
            call.Header("ce-userId") is "unlucky" ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted) : context.AnswerAsync(204));
        await using var emulator = await TestEmulator.StartAsync(webhook, configure: options => options.UpstreamTimeout = TimeSpan.FromSeconds(1));
        await using var unlucky = await emulator.ConnectJsonAsync("unlucky");
        await using var lucky = await emulator.ConnectJsonAsync("lucky");
        await unlucky.SendAsync(Event);
        await webhook.WaitForAsync("azure.webpubsub.user.e");
        for (var i = 1; i <= 20; i++)
        {
            await lucky.RequestOkAsync($$"""{"type":"event","event":"e","data":1,"ackId":{{i}}}""");
        }

        Assert.Equal("InternalServerError", (await unlucky.ReadJsonAsync()).GetProperty("error").GetProperty("name").GetString());
        Assert.Equal(1011, await unlucky.ReadCloseAsync());
    }

    [Fact]
    public async Task Client_That_Goes_During_A_Hanging_Event_Is_Gone_At_Once_And_Told_Afterwards()
    {
        var gate = new TaskCompletionSource();
        await using var webhook = await Webhook.StartAsync((call, _) => call.Type.EndsWith(".e", StringComparison.Ordinal) ? gate.Task : Task.CompletedTask);
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["disconnected"]);
        await using var client = await emulator.ConnectJsonAsync(groups: ["g"]);
        await client.SendAsync(Event);
        await webhook.WaitForAsync("azure.webpubsub.user.e");
        client.Drop();
        await Wait.UntilAsync(() => emulator.State.Connections.Length == 0, "the client has left");
        Assert.DoesNotContain(webhook.Events, call => call.Type.EndsWith(".disconnected", StringComparison.Ordinal));
        gate.SetResult();
        await webhook.WaitForAsync("azure.webpubsub.sys.disconnected");
    }

    [Fact]
    public async Task Connect_Handler_That_Hangs_Refuses_The_Client_With_500()
    {
        await using var webhook = await Webhook.StartAsync((_, context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var emulator = await TestEmulator.StartAsync(
            webhook, systemEvents: ["connect"], configure: options => options.UpstreamTimeout = TimeSpan.FromMilliseconds(300));
        Assert.Equal(500, await TestClient.ConnectRefusedAsync(emulator.Emulator.GetClientAccessUri("test")));
    }

    [Fact]
    public async Task Webhook_That_Vanishes_And_Comes_Back_Is_Used_Again()
    {
        var port = FreePort();
        await using var emulator = await TestEmulator.StartAsync(options =>
        {
            options.Hubs["test"] = new() { EventHandlers = { new() { UrlTemplate = $"http://127.0.0.1:{port}", UserEventPattern = "*" } } };
            options.CloseClientWhenEventFails = false;
            options.UpstreamValidationRetryDelay = TimeSpan.Zero;
        });
        await using var client = await emulator.ConnectJsonAsync();
        Assert.False((await client.RequestAsync(Event)).GetProperty("success").GetBoolean());
        await using (await Webhook.StartAsync(port: port))
        {
            await client.RequestOkAsync(Event);
        }

        Assert.False((await client.RequestAsync("""{"type":"event","event":"e","data":1,"ackId":2}""")).GetProperty("success").GetBoolean());
        await using var back = await Webhook.StartAsync(port: port);
        await client.RequestOkAsync("""{"type":"event","event":"e","data":1,"ackId":2}""");
    }

    [Fact]
    public async Task Webhook_That_Cuts_Its_Answer_Short_Or_Answers_Without_End_Fails_Its_Event()
    {
        await using var webhook = await Webhook.StartAsync(async (call, context) =>
        {
            if (call.Body is "\"short\"")
            {
                context.Response.ContentLength = 100;
                await context.AnswerAsync("half");
                context.Abort();
                return;
            }

            var block = new byte[1024 * 1024];
            context.Response.StatusCode = 200;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        await using var emulator = await TestEmulator.StartAsync(webhook, configure: options => options.CloseClientWhenEventFails = false);
        await using var client = await emulator.ConnectJsonAsync();
        foreach (var data in new[] { "short", "endless" })
        {
            var ack = await client.RequestAsync($$"""{"type":"event","event":"e","data":"{{data}}","ackId":1}""");
            Assert.False(ack.GetProperty("success").GetBoolean());
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
