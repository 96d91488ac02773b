using System.Net.Http.Headers;
using System.Security.Cryptography;
using ServerlessChat.Storage;
using ServerlessChat.Tests.OpenApi;

namespace ServerlessChat.Tests;

/// <summary>The app, wherever it runs, spoken to over HTTP: in this process (<see cref="ChatHost"/>), or published and behind the Functions host.</summary>
public abstract class RunningChat : IAsyncDisposable
{
    /// <summary>For an answer. Only a broken build reaches it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly AnswerLimit _handler;
    private readonly ApiContractHandler? _contract;

    /// <param name="isDocumented">Whether every answer is held against the API's document: of the app alone, without another's answers in between.</param>
    protected RunningChat(bool isDocumented = false)
    {
        _handler = new AnswerLimit(Limit, () => Logs.Last());
        _contract = isDocumented ? new ApiContractHandler(_handler) : null;
    }

    /// <summary><c>http://127.0.0.1:(port)/</c>.</summary>
    public abstract Uri Address { get; }

    public LogCollector Logs { get; protected init; } = new();

    /// <summary>The tables behind it, for what no client can do.</summary>
    public abstract ChatTables Tables { get; }

    /// <summary>A client without a session, a cookie jar or redirects.</summary>
    public HttpClient Anonymous() =>
        new((HttpMessageHandler?)_contract ?? _handler, disposeHandler: false) { BaseAddress = Address, Timeout = Limit + TimeSpan.FromSeconds(10) };

    /// <summary>Whether the answer is not the app's, but of what stands before it.</summary>
    public virtual bool IsOfHost(ApiAnswer answer) => false;

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

    /// <summary>For the end of a test: some catch what a request throws.</summary>
    protected void AssertDocumented() => _contract?.AssertClean();

    public virtual ValueTask DisposeAsync()
    {
        _handler.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
