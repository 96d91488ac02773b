using System.Net.WebSockets;
using System.Text;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Clients;

public sealed class SimpleClientTests
{
    [Fact]
    public async Task Frames_Become_Message_Events_And_Answers_Come_Back_Bare()
    {
        await using var webhook = await Webhook.StartAsync((call, context) => context.AnswerAsync($"{call.Header("content-type")}|{call.Body}"));
        await using var emulator = await TestEmulator.StartAsync(webhook);
        await using var client = await emulator.ConnectAsync(query: "&webpubsub_mode=sendEvent");
        await client.SendAsync("hello");
        Assert.Equal("text/plain|hello", await client.ReadTextAsync());
        await client.SendAsync("bytes"u8.ToArray(), WebSocketMessageType.Binary);
        Assert.Equal("application/octet-stream|bytes", await client.ReadTextAsync());
        Assert.All(webhook.Events, call => Assert.Equal("message", call.Header("ce-eventName")));
    }

    [Theory]
    [InlineData("application/json", "\"quoted\"", WebSocketMessageType.Text)]
    [InlineData("application/octet-stream", "bytes", WebSocketMessageType.Binary)]
    [InlineData(null, "text", WebSocketMessageType.Text)]
    public async Task Answers_Keep_Their_Type(string? contentType, string body, WebSocketMessageType expected)
    {
        await using var webhook = await Webhook.StartAsync((_, context) => context.AnswerAsync(body, contentType));
        await using var emulator = await TestEmulator.StartAsync(webhook);
        await using var client = await emulator.ConnectAsync();
        await client.SendAsync("x");
        var (type, bytes) = await client.ReadAsync();
        Assert.Equal(expected, type);
        Assert.Equal(body, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task Frame_That_Nobody_Handles_Closes_The_Client_With_1011()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectAsync();
        await client.SendAsync("hello");
        Assert.Equal(1011, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task Group_Mode_Publishes_Frames_With_And_Without_Echo()
    {
        await using var emulator = await TestEmulator.StartAsync();
        string[] roles = ["webpubsub.sendToGroup"];
        await using var echoing = await emulator.ConnectAsync(roles: roles, groups: ["g"], query: "&webpubsub_mode=sendToGroup&group=g");
        await using var silent = await emulator.ConnectAsync(roles: roles, groups: ["g"], query: "&webpubsub_mode=sendToGroup&group=g&noEcho=true");
        await silent.SendAsync("one");
        Assert.Equal("one", await echoing.ReadTextAsync());
        await echoing.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal([1, 2, 3], (await echoing.ReadAsync()).Bytes);
        Assert.Equal([1, 2, 3], (await silent.ReadAsync()).Bytes);
    }

    [Fact]
    public async Task Group_Mode_Without_Permission_Closes_The_Client_With_1008()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectAsync(query: "&webpubsub_mode=sendToGroup&group=g");
        await client.SendAsync("x");
        Assert.Equal(1008, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task Published_Payloads_Arrive_Without_An_Envelope()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectAsync();
        await emulator.PostAsync("/:send", "Hi", "text/plain; charset=utf-8");
        Assert.Equal("Hi", await client.ReadTextAsync());
        await emulator.PostAsync("/:send", "\"Hi\"", "application/json");
        Assert.Equal("\"Hi\"", await client.ReadTextAsync());
        await emulator.PostAsync("/:send", "Hi", "application/octet-stream");
        Assert.Equal(WebSocketMessageType.Binary, (await client.ReadAsync()).Type);
    }
}
