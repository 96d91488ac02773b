
namespace ServerlessChat.Tests.Doctor;

/// <summary>Addresses that nobody answers at, or somebody else; settings that can't be used; credentials that aren't taken.</summary>
public sealed class ReachTests
{
    private static readonly string Nobody = $"Endpoint=http://localhost:{FreePorts.Next()};AccessKey=0123456789abcdef;Version=1.0;";

    [Fact]
    public async Task Where_Nothing_Listens_The_Connection_Is_Refused()
    {
        DoctorRun run = await DoctorRun.RunAsync(new Uri($"http://127.0.0.1:{FreePorts.Next()}"), Nobody);

        run.HasFailed("address", "refused", "./run.sh").IsSkipped("app", "needs address, which failed").IsSkipped("health", "needs app, which was skipped");
    }

    [Fact]
    public async Task A_Port_Without_Tls_Fails_Its_Handshake()
    {
        await using FakeServer app = await FakeServer.AppAsync(context => FakeServer.AnswerAsync(context, 404));

        (await DoctorRun.RunAsync(new UriBuilder(app.Address) { Scheme = "https" }.Uri, Nobody)).HasFailed("address", "TLS", "certificate");
    }

    [Fact]
    public async Task An_App_That_Hangs_May_Be_Starting()
    {
        await using FakeServer app = await FakeServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
            .ContinueWith(static _ => { }, TaskScheduler.Default));

        (await DoctorRun.RunAsync(app.Address, Nobody, "--timeout", "00:00:01")).HasFailed("address", "nothing within 1 s", "cold start");
    }

    [Theory]
    [InlineData(200, "another program", "Another program")]
    [InlineData(404, "", "not deployed")]
    [InlineData(401, "", "EasyAuth")]
    [InlineData(302, "", "redirect")]
    [InlineData(502, "", "can't start")]
    [InlineData(503, """{"status":"starting"}""", "can't start")]
    public async Task What_Is_Not_This_App_Is_Told(int status, string body, string word)
    {
        await using FakeServer app = await FakeServer.StartAsync(context => FakeServer.HealthAsync(context, status, body));

        (await DoctorRun.RunAsync(app.Address, Nobody)).IsOk("address").HasFailed("app", $"{status}", word).IsSkipped("person", "needs app");
    }

    [Theory]
    [InlineData("""{"status":"unavailable","checks":{"storage":"unavailable","web_pubsub":"ok"}}""", "Tables__")]
    [InlineData("""{"status":"unavailable","checks":{"storage":"ok","web_pubsub":"unavailable"}}""", "WebPubSub__")]
    [InlineData("""{"status":"ok","checks":{"storage":"ok"}}""", "no Web PubSub configured")]
    public async Task What_The_App_Does_Not_Reach_Is_Named(string body, string word)
    {
        await using FakeServer app = await FakeServer.StartAsync(context => FakeServer.HealthAsync(context, 503, body));

        (await DoctorRun.RunAsync(app.Address, Nobody)).IsOk("app").HasFailed("health", word);
    }

    [Theory]
    [InlineData(401, 0, "regenerated")]
    [InlineData(401, 20, "20 minutes behind Web PubSub's")]
    [InlineData(403, -20, "ahead of Web PubSub's")]
    [InlineData(403, 0, "Local authentication is disabled")]
    public async Task Credentials_That_Are_Refused_Are_Explained(int status, int minutes, string word)
    {
        await using FakeServer service = await FakeServer.StartAsync(context => FakeServer.AnswerAsync(
            context, context.Request.Path == "/api/health" ? 200 : status, ("Date", (TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(minutes)).AddMilliseconds(700).ToString("R"))));

        DoctorRun run = await DoctorRun.RunAsync(new Uri($"http://127.0.0.1:{FreePorts.Next()}"), service.ConnectionString);

        run.IsOk("settings", "service").HasFailed("credentials", $"{status}", word);
    }

    [Theory]
    [InlineData("WebPubSub:ConnectionString", "AccessKey=c2VjcmV0;Version=1.0", "no Endpoint")]
    [InlineData("WebPubSub:ConnectionString", "", "neither is set")]
    [InlineData("WebPubSub:Endpoint", "https://chat.webpubsub.azure.com", "not both")]
    [InlineData("WebPubSub:SendTimeout", "00:10:00", "SendTimeout")]
    [InlineData("WebPubSub:SendTimeout", "soon", "SendTimeout")]
    [InlineData("Tables:ConnectionString", "AccountKey=c2VjcmV0", "Tables__ConnectionString")]
    [InlineData("Tables:ConnectionString", "", "Tables__ServiceUri")]
    public async Task A_Setting_That_Can_Not_Be_Used_Is_A_Finding(string name, string value, string word)
    {
        DoctorRun run = await DoctorRun.RunAsync(
            ["--url", $"http://127.0.0.1:{FreePorts.Next()}"],
            [("WebPubSub:ConnectionString", Nobody), ("Tables:ConnectionString", DoctorRun.Storage), (name, value)]);

        run.HasFailed("settings", word).IsSkipped("service", "needs settings, which failed").DemandNoSecret("c2VjcmV0");
    }

    [Fact]
    public async Task Settings_Of_A_Local_Run_Do_Not_Fit_A_Deployed_App() =>
        (await DoctorRun.RunAsync(new Uri("http://doctor.invalid"), Nobody, "--timeout", "00:00:05"))
            .HasFailed("settings", "settings of a local run").HasFailed("address");
}
