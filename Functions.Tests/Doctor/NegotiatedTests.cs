using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using ServerlessChat.Doctor;

namespace ServerlessChat.Tests.Doctor;

/// <summary>Negotiations and sockets that fail in ways the emulator does not: one server plays the app and Web PubSub.</summary>
public sealed class NegotiatedTests
{
    [Theory]
    [InlineData(403, "network rules")]
    [InlineData(404, "connect event of hub notifications")]
    [InlineData(500, "connect event of hub notifications")]
    [InlineData(426, "passes no WebSockets")]
    public async Task A_Socket_That_Is_Refused_Is_Explained(int status, string word)
    {
        await using FakeServer server = await StartAsync(appMinutes: 0, context => NegotiateAsync(context), context => FakeServer.AnswerAsync(context, status));

        (await DoctorRun.RunAsync(server.Address, server.ConnectionString)).IsOk("handshake", "person")
            .HasFailed("notifications socket", $"{status}", word).IsSkipped("notification", "needs notifications socket, which failed");
    }

    [Fact]
    public async Task A_Clock_Of_The_App_That_Is_Wrong_Is_Found()
    {
        await using FakeServer server = await StartAsync(appMinutes: -30, context => NegotiateAsync(context), context => FakeServer.AnswerAsync(context, 401));

        (await DoctorRun.RunAsync(server.Address, server.ConnectionString)).HasFailed("notifications socket", "401", "The app's clock is wrong, 30 minutes behind Web PubSub's");
    }

    [Fact]
    public async Task Another_Web_PubSub_Than_That_Of_The_Settings_Is_Named()
    {
        await using FakeServer other = await FakeServer.StartAsync(context => FakeServer.AnswerAsync(context, 401));
        await using FakeServer server = await StartAsync(appMinutes: 0, context => NegotiateAsync(context, other.Address), context => FakeServer.AnswerAsync(context, 401));

        (await DoctorRun.RunAsync(server.Address, server.ConnectionString))
            .HasFailed("notifications socket", $"The app's Web PubSub ({other.Address.Authority}) is not that of doctor's settings");
    }

    [Theory]
    [InlineData(401, "EasyAuth")]
    [InlineData(404, "not deployed")]
    [InlineData(302, "redirect")]
    public async Task A_Negotiation_That_Fails_Is_Explained(int status, string word)
    {
        await using FakeServer server = await StartAsync(appMinutes: 0, context => FakeServer.AnswerAsync(context, status), context => FakeServer.AnswerAsync(context, 404));

        (await DoctorRun.RunAsync(server.Address, server.ConnectionString)).HasFailed("notifications socket", $"{status}", word);
    }

    [Fact]
    public async Task A_Group_That_Can_Not_Be_Deleted_Is_Named()
    {
        await using FakeServer server = await StartAsync(appMinutes: 0, context => NegotiateAsync(context), context => FakeServer.AnswerAsync(context, 401));

        (await DoctorRun.RunAsync(server.Address, server.ConnectionString)).HasFailed("group message", "401 for the negotiated URL", "Delete it by hand: POST /chat/delete_group/doctor-");
    }

    [Fact]
    public async Task An_Interrupted_Run_Still_Deletes_Its_Group()
    {
        using var interrupted = new CancellationTokenSource();
        var deleted = new ConcurrentQueue<string>();
        await using FakeServer server = await StartAsync(
            appMinutes: 0,
            async context =>
            {
                if (context.Request.Path.StartsWithSegments("/ws/chat", StringComparison.Ordinal))
                {
                    await interrupted.CancelAsync();
                }

                await NegotiateAsync(context);
            },
            context => FakeServer.AnswerAsync(context, 401),
            deleted);
        await using var output = new StringWriter();

        int code = await DoctorCommand.RunAsync(
            ["--url", server.Address.AbsoluteUri], output, output, builder => builder.Configuration.AddInMemoryCollection(
                [new("WebPubSub:ConnectionString", server.ConnectionString), new("Tables:ConnectionString", DoctorRun.Storage)]), interrupted.Token);

        Assert.Equal(1, code);
        Assert.EndsWith("Interrupted.", output.ToString().Trim(), StringComparison.Ordinal);
        Assert.StartsWith("/chat/delete_group/doctor-", Assert.Single(deleted), StringComparison.Ordinal);
    }

    /// <param name="appMinutes">How far the app's clock is ahead.</param>
    private static Task<FakeServer> StartAsync(int appMinutes, RequestDelegate negotiation, RequestDelegate socket, ConcurrentQueue<string>? deleted = null) => FakeServer.StartAsync(context =>
    {
        switch (context.Request.Path.Value)
        {
            case "/health/":
                context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(appMinutes)).ToString("R");
                return FakeServer.HealthAsync(context, 200, """{"status":"ok","checks":{"web_pubsub":"ok"}}""");
            case "/webpubsub/events" when context.Request.Method is "OPTIONS":
                return FakeServer.AnswerAsync(context, 200, ("WebHook-Allowed-Origin", "127.0.0.1"));
            case "/chat/register/" or "/chat/create_group/":
                return FakeServer.AnswerAsync(context, 201);
            case "/chat/login/":
                return FakeServer.HealthAsync(context, 200, """{"token":"eyJ.s3cret","username":"doctor"}""");
            case { } path when path.StartsWith("/ws/", StringComparison.Ordinal):
                return negotiation(context);
            case { } path when path.StartsWith("/client/", StringComparison.Ordinal):
                return socket(context);
            case { } path when path.StartsWith("/chat/delete_group/", StringComparison.Ordinal):
                deleted?.Enqueue(path);
                return FakeServer.AnswerAsync(context, deleted is null ? 500 : 204);
            default:
                return FakeServer.AnswerAsync(context, context.Request.Path == "/api/health" ? 200 : 500);
        }
    });

    private static Task NegotiateAsync(HttpContext context, Uri? service = null) => FakeServer.HealthAsync(
        context, 200, $$"""{"url":"ws://{{service?.Authority ?? context.Request.Host.Value}}/client/hubs/notifications?access_token=eyJ.s3cret&ticket=eyJ.s3cret"}""");
}
