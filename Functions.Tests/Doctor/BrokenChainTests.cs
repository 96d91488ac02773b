using Emulator;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Sockets;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Doctor;

/// <summary>The real app and the emulator, with one thing wrong between them.</summary>
public sealed class BrokenChainTests(AzuriteFixture azurite)
{
    private const string OtherKey = "another-key-of-another-resource-00";

    [Theory]
    [InlineData(Channel.Notifications, "notifications socket")]
    [InlineData(Channel.Private, "private socket")]
    [InlineData(Channel.Group, "group message")]
    public async Task A_Hub_Without_The_Connect_Event_Is_Found(string hub, string check)
    {
        await using Chain chain = await StartAsync(options => options.Hubs[hub].EventHandlers[0].SystemEvents.Remove("connect"));

        DoctorRun run = await chain.ExamineAsync();

        run.IsOk("health", "credentials", "handshake", "events", "person").HasFailed(check, "lack the system event connect", $"named exactly {hub}");
        Assert.EndsWith(", 1 failed", run.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Hub_Of_Another_Name_Is_Found()
    {
        await using Chain chain = await StartAsync(options =>
        {
            options.Hubs.Add("notification", options.Hubs[Channel.Notifications]);
            options.Hubs.Remove(Channel.Notifications);
        });

        (await chain.ExamineAsync()).HasFailed("notifications socket", "hub of another name").IsSkipped("notification", "needs notifications socket");
    }

    [Theory]
    [InlineData(Channel.Private, "private message")]
    [InlineData(Channel.Group, "group message")]
    public async Task A_Hub_Without_User_Events_Is_Found_And_No_Group_Is_Left(string hub, string check)
    {
        await using Chain chain = await StartAsync(options => options.Hubs[hub].EventHandlers[0].UserEventPattern = null);
        ChatUser sara = await chain.Host.SignedInAsync();

        DoctorRun run = await chain.ExamineAsync(sara);

        run.IsOk("notifications socket", "private socket", "notification").HasFailed(check, "userEventPattern");
        Assert.Empty((await sara.GetAsync("/chat/").Is(200)).Json.List("groups"));
    }

    [Fact]
    public async Task A_Handler_With_Another_Address_Is_Found()
    {
        await using Chain chain = await StartAsync(options => options.Hubs[Channel.Private].EventHandlers[0].UrlTemplate += "/elsewhere");

        (await chain.ExamineAsync()).IsOk("notification", "group message").HasFailed("private socket", "500", "/webpubsub/events at the end");
    }

    [Fact]
    public async Task A_Key_Of_Another_Resource_In_The_App_Is_Found()
    {
        await using Chain chain = await StartAsync(key: OtherKey);

        DoctorRun run = await chain.ExamineAsync();

        run.IsOk("service", "credentials", "handshake").HasFailed("health", "web_pubsub: unavailable").HasFailed("events", "401", "another access key")
            .HasFailed("notifications socket", "401", "another resource's");
        run.DemandNoSecret(OtherKey);
    }

    [Fact]
    public async Task A_Key_Of_Another_Resource_In_The_Doctors_Settings_Is_Found()
    {
        await using Chain chain = await StartAsync();

        DoctorRun run = await DoctorRun.RunAsync(chain.Host.Address, chain.ConnectionString(OtherKey));

        run.HasFailed("credentials", "401", "regenerated").HasFailed("events", "401").IsOk("notification", "private message", "group message");
    }

    [Fact]
    public async Task A_Web_PubSub_That_Is_Stopped_Is_Found()
    {
        await using Chain chain = await StartAsync();
        string connectionString = chain.Emulator.ConnectionString;
        await chain.Emulator.DisposeAsync();

        DoctorRun run = await DoctorRun.RunAsync(chain.Host.Address, connectionString);

        run.HasFailed("service", "refused").HasFailed("health", "web_pubsub").IsOk("handshake", "events").HasFailed("notifications socket", "refused");
    }

    [Theory]
    [InlineData("Endpoint=https://other.webpubsub.azure.com;AccessKey=0123456789abcdef0123456789abcdef;Version=1.0;")]
    [InlineData("")]
    public async Task An_App_That_Is_Configured_For_Another_Web_PubSub_Is_Found(string connectionString)
    {
        await using Chain chain = await StartAsync(settings: ("WebPubSub:ConnectionString", connectionString));

        (await chain.ExamineAsync()).HasFailed("handshake", "400", "another Web PubSub than 127.0.0.1").IsSkipped("notifications socket", "needs handshake");
    }

    [Fact]
    public async Task An_App_That_Publishes_To_Nobody_Is_Found()
    {
        await using Chain chain = await StartAsync(configure: builder => builder.Services.AddSingleton<IPublisher, SilentPublisher>());

        (await chain.ExamineAsync(arguments: ["--timeout", "00:00:02"])).IsOk("notifications socket").HasFailed("notification", "no frame came", "named exactly notifications");
    }

    [Fact]
    public async Task By_Identity_It_Says_What_It_Can_Not_Sign()
    {
        (string, string)[] settings =
        [
            ("WebPubSub:ConnectionString", ""), ("WebPubSub:Endpoint", $"https://127.0.0.1:{FreePorts.Next()}"), ("WebPubSub:EventAuthority", "https://login.example.org/v2.0"),
            ("WebPubSub:EventAudience", "chat"), ("WebPubSub:EventCaller", "8f3a"),
        ];
        await using Chain chain = await StartAsync(settings: settings);

        DoctorRun run = await DoctorRun.RunAsync(["--url", chain.Host.Address.AbsoluteUri], [("Tables:ConnectionString", DoctorRun.Storage), .. settings]);

        run.IsOk("settings", "handshake").IsSkipped("events", "can't be made from here").HasFailed("service", "refused");
        Assert.Contains("by identity", run.Of("settings"), StringComparison.Ordinal);
    }

    private async Task<Chain> StartAsync(
        Action<WebPubSubEmulatorOptions>? change = null,
        string? key = null,
        Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? configure = null,
        params (string Name, string Value)[] settings)
    {
        int port = FreePorts.Next();
        WebPubSubEmulatorOptions options = SocketChain.EmulatorFor(port);
        change?.Invoke(options);
        var emulator = await WebPubSubEmulator.StartAsync(options, TestContext.Current.CancellationToken);
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [CustomHandler.PortSetting] = $"{port}",
            ["WebPubSub:ConnectionString"] = Chain.ConnectionString(emulator, key ?? options.AccessKey),
        };
        foreach ((string name, string value) in settings)
        {
            all[name] = value;
        }

        return new Chain(emulator, await ChatHost.StartAsync(
            azurite.NewConnectionString(), new ChatHostOptions { Settings = all, Configure = configure, ErrorsAreExpected = true }));
    }

    private sealed record Chain(WebPubSubEmulator Emulator, ChatHost Host) : IAsyncDisposable
    {
        public static string ConnectionString(WebPubSubEmulator emulator, string key) =>
            $"Endpoint={emulator.Endpoint.GetLeftPart(UriPartial.Authority)};AccessKey={key};Version=1.0;";

        public string ConnectionString(string key) => ConnectionString(Emulator, key);

        /// <param name="account">To sign in with; null lets the doctor register one.</param>
        public Task<DoctorRun> ExamineAsync(ChatUser? account = null, params string[] arguments) => DoctorRun.RunAsync(
            ["--url", Host.Address.AbsoluteUri, .. account is null ? Array.Empty<string>() : ["--username", account.Username], .. arguments],
            ("WebPubSub:ConnectionString", Emulator.ConnectionString),
            ("Tables:ConnectionString", DoctorRun.Storage),
            ("DOCTOR_PASSWORD", account?.Password ?? ""));

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Emulator.DisposeAsync();
        }
    }
}
