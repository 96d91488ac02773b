using Microsoft.AspNetCore.Http;

namespace ServerlessChat.Tests.Doctor;

/// <summary>What may stand between Web PubSub and the event handler, and how the doctor names it.</summary>
public sealed class WebhookTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>Web PubSub's own address plays no part here: nobody is there.</summary>
    private static readonly string Nobody = $"Endpoint=http://localhost:{FreePorts.Next()};AccessKey={Key};Version=1.0;";

    [Theory]
    [InlineData(404, "", "", "options")]
    [InlineData(401, "", "", "EasyAuth")]
    [InlineData(403, "", "", "access restrictions")]
    [InlineData(405, "", "", "OPTIONS")]
    [InlineData(204, "", "", "CORS")]
    [InlineData(200, "Access-Control-Allow-Origin", "*", "CORS")]
    [InlineData(302, "Location", "https://login.microsoftonline.com/x/oauth2/authorize?state=s3cret", "sign-in page")]
    [InlineData(302, "Location", "/.auth/login/aad?post_login=s3cret", "sign-in page")]
    [InlineData(307, "Location", "https://chat.example.org/webpubsub/events", "follows no redirect")]
    [InlineData(200, "WebHook-Allowed-Origin", "other.webpubsub.azure.com", "another Web PubSub than localhost")]
    [InlineData(500, "", "", "failed")]
    public async Task A_Handshake_That_Fails_Is_Explained(int status, string header, string value, string word)
    {
        await using FakeServer app = await FakeServer.AppAsync(context =>
            FakeServer.AnswerAsync(context, status, header is "" ? [] : [(header, value)]));

        DoctorRun run = await DoctorRun.RunAsync(app.Address, Nobody);

        run.HasFailed("handshake", $"{status}", word).IsOk("settings", "address", "app", "health").IsSkipped("events", "needs handshake, which failed");
        run.DemandNoSecret("s3cret");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("other.example.org, localhost")]
    [InlineData("*")]
    public async Task A_Handshake_Is_Good_As_Web_PubSub_Takes_It(string allowed)
    {
        await using FakeServer app = await FakeServer.AppAsync(context => FakeServer.AnswerAsync(context, 200, ("WebHook-Allowed-Origin", allowed)));

        (await DoctorRun.RunAsync(app.Address, Nobody)).IsOk("handshake");
    }

    [Fact]
    public async Task An_Event_Handler_That_Believes_Anybody_Is_A_Matter_Of_Security()
    {
        await using FakeServer app = await FakeServer.AppAsync(context => FakeServer.AnswerAsync(context, 200, ("WebHook-Allowed-Origin", "localhost")));

        DoctorRun run = await DoctorRun.RunAsync(app.Address, Nobody);

        run.HasFailed("events", "SECURITY: anybody can send events").HasFailed("service", "refused").IsSkipped("credentials", "needs service, which failed");
    }

    [Theory]
    [InlineData(401, "another access key")]
    [InlineData(404, "not for POST")]
    [InlineData(500, "its log")]
    public async Task A_Signed_Event_That_Is_Refused_Is_Explained(int status, string word)
    {
        await using FakeServer app = await FakeServer.AppAsync(context => context switch
        {
            { Request.Method: "OPTIONS" } => FakeServer.AnswerAsync(context, 200, ("WebHook-Allowed-Origin", "localhost")),
            _ when IsSigned(context.Request) => FakeServer.AnswerAsync(context, status),
            _ => FakeServer.AnswerAsync(context, 401),
        });

        DoctorRun run = await DoctorRun.RunAsync(app.Address, Nobody);

        run.HasFailed("events", $"{status}", word);
        Assert.DoesNotContain("SECURITY", run.Output, StringComparison.Ordinal);
    }

    private static bool IsSigned(HttpRequest request) =>
        new ServerlessChat.WebPubSub.Events.EventSignature([Key]).IsValid(request.Headers["ce-connectionId"], request.Headers["ce-signature"]);
}
