using System.Net.Http.Json;
using System.Security.Cryptography;
using ServerlessChat.Accounts;
using ServerlessChat.Names;
using ServerlessChat.Storage;

namespace ServerlessChat.Tests.Accounts;

/// <summary>What the tests of accounts do over and over.</summary>
internal static class AccountClient
{
    public const string Password = "Tr4velling-lamp";

    public static string NewName() => $"user-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    public static async Task<ApiAnswer> RegisterAsync(this ChatHost host, object body)
    {
        using HttpClient client = host.Anonymous();
        return await client.PostJsonAsync("/chat/register/", body);
    }

    public static Task<ApiAnswer> RegisterAsync(this ChatHost host, string username, string password = Password) =>
        host.RegisterAsync(new { username, password1 = password, password2 = password });

    public static async Task<ApiAnswer> LoginAsync(this ChatHost host, string username, string password = Password)
    {
        using HttpClient client = host.Anonymous();
        return await client.PostJsonAsync("/chat/login/", new { username, password });
    }

    public static async Task<ApiAnswer> RefreshAsync(this ChatHost host, string refreshToken)
    {
        using HttpClient client = host.Anonymous();
        return await client.PostJsonAsync("/chat/refresh/", new { refresh_token = refreshToken });
    }

    /// <summary>The tokens of a session that an answer holds.</summary>
    public static (string Token, string RefreshToken) Session(this ApiAnswer answer)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        return (answer.Json.GetProperty("token").GetString()!, answer.Json.GetProperty("refresh_token").GetString()!);
    }

    /// <summary>Sends with any headers: cookies, origins.</summary>
    public static async Task<ApiAnswer> SendAsync(
        this ChatHost host, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using HttpClient client = host.Anonymous();
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.ReadAsync(request);
    }

    /// <summary>The Set-Cookie header of that cookie.</summary>
    public static string? SetCookie(this ApiAnswer answer, string name) =>
        answer.Headers["Set-Cookie"].SingleOrDefault(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));

    public static string Partition(string username) => Keys.User(Username.Parse(username)!);

    /// <summary>As an erased account: its rows are gone, its tokens are still about.</summary>
    public static async Task EraseAsync(this RunningChat host, string username)
    {
        var accounts = new AccountStore(host.Tables);
        AccountProfile account = (await accounts.FindAsync(Username.Parse(username)!, TestContext.Current.CancellationToken))!;
        foreach (string row in new[] { Keys.Account, Keys.InboxOwner(account.Id) })
        {
            await host.Tables.Users.DeleteEntityAsync(Partition(username), row, default, TestContext.Current.CancellationToken);
        }
    }
}
