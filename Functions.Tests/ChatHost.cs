using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessChat.Hosting;
using ServerlessChat.Storage;

namespace ServerlessChat.Tests;

/// <summary>
/// The real app, in this process, on a free port, spoken to over HTTP. Any number run at once, over one storage account or several.
/// Every answer is held against the API's document. At its end it demands that no error was logged and that no password, token or key is in the logs.
/// </summary>
public sealed class ChatHost : RunningChat
{
    private readonly WebApplication _app;
    private readonly ChatHostOptions _options;

    private ChatHost(WebApplication app, ChatHostOptions options)
        : base(isDocumented: options.Map is null) // A test's own endpoints are in no document.
    {
        _app = app;
        _options = options;
    }

    public override Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public override ChatTables Tables => Services.GetRequiredService<ChatTables>();

    /// <param name="connectionString">From <see cref="Azurite.AzuriteFixture"/> or a proxy in front of it.</param>
    /// <param name="options">What differs from the defaults.</param>
    public static async Task<ChatHost> StartAsync(string connectionString, ChatHostOptions? options = null)
    {
        options ??= new ChatHostOptions();
        var logs = new LogCollector();
        logs.AddSecret(TestKeys.AccountKey(connectionString));
        logs.AddSecret(TestKeys.TokenKey);
        WebApplication app = Program.Build([$"--environment={options.Environment}"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings(connectionString)).AddInMemoryCollection(options.Settings);
            builder.Logging.AddProvider(logs);
            if (options.Time is not null)
            {
                builder.Services.AddSingleton(options.Time);
            }

            options.Configure?.Invoke(builder);
        });
        options.Map?.Invoke(app);
        await app.StartAsync();
        return new ChatHost(app, options) { Logs = logs };
    }

    public override async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await base.DisposeAsync();
        Logs.AssertClean(_options.ErrorsAreExpected);
        AssertDocumented();
    }

    private static Dictionary<string, string?> Settings(string connectionString) => new(StringComparer.OrdinalIgnoreCase)
    {
        [CustomHandler.PortSetting] = "0",
        ["Tables:ConnectionString"] = connectionString,
        ["Accounts:PasswordIterations"] = "10000",
        ["Messages:SendsPerSecond"] = "100000",
        ["Messages:SendBurst"] = "1000000",
        ["Signals:PerSecond"] = "100000",
        ["Signals:Burst"] = "1000000",
        ["Tokens:Keys:0:Id"] = "test",
        ["Tokens:Keys:0:Secret"] = TestKeys.TokenKey,
        ["Logging:Console:LogLevel:Default"] = "None",
    };
}

/// <summary>What a test changes of the app.</summary>
public sealed record ChatHostOptions
{
    public string Environment { get; init; } = "Production";

    /// <summary>By default the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Settings as <c>Section:Name</c>; they win over the fixture's own.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Services that take the place of the app's own.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Endpoints of the test.</summary>
    public Action<WebApplication>? Map { get; init; }

    /// <summary>The test provokes logs of level Error.</summary>
    public bool ErrorsAreExpected { get; init; }
}
