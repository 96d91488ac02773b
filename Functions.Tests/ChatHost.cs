using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessChat.Hosting;

namespace ServerlessChat.Tests;

/// <summary>
/// The real app, in this process, on a free port, spoken to over HTTP. Any number run at once, over one storage account or several.
/// At its end it demands that no error was logged and that no password, token or key is in the logs.
/// </summary>
public sealed class ChatHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ChatHostOptions _options;
    private readonly SocketsHttpHandler _handler = new() { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };

    private ChatHost(WebApplication app, ChatHostOptions options)
    {
        _app = app;
        _options = options;
        Address = new Uri(app.Urls.Single());
    }

    /// <summary><c>http://127.0.0.1:(port)/</c>.</summary>
    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public LogCollector Logs { get; private init; } = new();

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

    /// <summary>A client without a session, a cookie jar or redirects.</summary>
    public HttpClient Anonymous() => new(_handler, disposeHandler: false) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A user who is registered and logged in, over HTTP.</summary>
    /// <param name="username">By default a new one that no other test has.</param>
    public async Task<ChatUser> SignedInAsync(string? username = null)
    {
        username ??= $"user-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        string password = $"secret-{RandomNumberGenerator.GetHexString(16, lowercase: true)}"; // Digits alone would be refused.
        Logs.AddSecret(password);
        using HttpClient client = Anonymous();
        ApiAnswer registered = await client.PostJsonAsync("/chat/register/", new { username, password1 = password, password2 = password });
        Assert.True(registered.Status == 201, $"register {username}: {registered}");
        return await LogInAsync(username, password);
    }

    /// <summary>A new session of a user who is registered.</summary>
    public async Task<ChatUser> LogInAsync(string username, string password)
    {
        using HttpClient client = Anonymous();
        ApiAnswer session = await client.PostJsonAsync("/chat/login/", new { username, password });
        Assert.True(session.Status == 200, $"login {username}: {session}");
        string token = session.Json.GetProperty("token").GetString()!;
        string refreshToken = session.Json.GetProperty("refresh_token").GetString()!;
        Logs.AddSecret(token);
        Logs.AddSecret(refreshToken);
        return new ChatUser(SignedIn(token), username, password, token, refreshToken);
    }

    /// <summary>A client that sends this token, whatever it is worth.</summary>
    public HttpClient SignedIn(string token)
    {
        HttpClient client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _handler.Dispose();
        Logs.AssertClean(_options.ErrorsAreExpected);
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

/// <summary>A registered user with a session.</summary>
/// <param name="Client">Sends the token.</param>
public sealed record ChatUser(HttpClient Client, string Username, string Password, string Token, string RefreshToken)
{
    public Task<ApiAnswer> GetAsync(string path) => Client.GetJsonAsync(path);

    /// <param name="path">As in the contract; names need no escaping.</param>
    /// <param name="body">Any object, sent as JSON with its names as they are; null sends no body.</param>
    public Task<ApiAnswer> PostAsync(string path, object? body = null) => Client.PostJsonAsync(path, body);

    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null) => Client.SendJsonAsync(method, path, body);
}
