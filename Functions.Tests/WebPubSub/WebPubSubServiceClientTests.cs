using System.Text;
using System.Web;
using Azure;
using Azure.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Tests.WebPubSub;

/// <summary>The client on the wire: addresses, tokens, repeats, failures.</summary>
public sealed class WebPubSubServiceClientTests : IAsyncLifetime
{
    private const string Key = "a-key-of-the-service-0123456789-abcdefg==";
    private const string Version = "?api-version=2024-12-01";

    private FakeWebServer _server = null!;
    private WebPubSubServiceClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeWebServer.StartAsync();
        _client = new WebPubSubServiceClient($"Endpoint={_server.Address};AccessKey={Key};Version=1.0;", "chat");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_Method_Calls_Its_Operation_With_Names_Escaped()
    {
        const string Name = "گروه/a+b:c";
        string escaped = Uri.EscapeDataString(Name);
        await _client.SendToGroupAsync(Name, RequestContent.Create(Encoding.UTF8.GetBytes("""{"message":"سلام"}""")), ContentType.ApplicationJson);
        await _client.SendToUserAsync(Name, RequestContent.Create("x"), ContentType.TextPlain);
        await _client.AddUserToGroupAsync(Name, "u");
        await _client.RemoveUserFromGroupAsync("g", Name);
        await _client.CloseGroupConnectionsAsync(Name, "why & how");
        await _client.CloseUserConnectionsAsync("u");
        await _client.CloseConnectionAsync("-c_1", "x");
        await _client.GroupExistsAsync("g");

        Assert.Equal(
            [
                $"POST /api/hubs/chat/groups/{escaped}/:send{Version} application/json {{\"message\":\"سلام\"}}",
                $"POST /api/hubs/chat/users/{escaped}/:send{Version} text/plain x",
                $"PUT /api/hubs/chat/users/u/groups/{escaped}{Version}  ",
                $"DELETE /api/hubs/chat/users/{escaped}/groups/g{Version}  ",
                $"POST /api/hubs/chat/groups/{escaped}/:closeConnections{Version}&reason=why%20%26%20how  ",
                $"POST /api/hubs/chat/users/u/:closeConnections{Version}  ",
                $"DELETE /api/hubs/chat/connections/-c_1{Version}&reason=x  ",
                $"HEAD /api/hubs/chat/groups/g{Version}  ",
            ],
            _server.Requests.Select(seen => $"{seen.Method} {seen.Target} {seen.ContentType} {seen.Body}"));
    }

    [Fact]
    public async Task Each_Call_Carries_A_Token_For_Exactly_Its_Address_And_The_Same_One_For_A_While()
    {
        await _client.CloseGroupConnectionsAsync("g", "a b");
        await _client.CloseGroupConnectionsAsync("g", "a b");
        await _client.CloseGroupConnectionsAsync("g", "c");
        string[] tokens = [.. _server.Requests.Select(seen => seen.Authorization!["Bearer ".Length..])];
        Assert.Equal(tokens[0], tokens[1]);
        foreach ((Seen seen, string token) in _server.Requests.Zip(tokens))
        {
            JsonWebToken jwt = await ValidateAsync(token);
            Assert.Equal(_server.Address + seen.Target, Assert.Single(jwt.Audiences));
            Assert.InRange(jwt.ValidTo - jwt.IssuedAt, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        }
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task A_Call_That_Fails_For_A_Moment_Is_Repeated(int status)
    {
        int calls = 0;
        _server.Answer = context =>
        {
            if (Interlocked.Increment(ref calls) < 3)
            {
                Fail(context, status);
            }

            return Task.CompletedTask;
        };
        Response answer = await _client.AddUserToGroupAsync("g", "u");
        Assert.Equal((200, 3), (answer.Status, calls));
    }

    [Theory]
    [InlineData(503, 3)]
    [InlineData(0, 3)]
    [InlineData(401, 1)]
    [InlineData(400, 1)]
    public async Task A_Call_That_Fails_For_Good_Throws(int status, int calls)
    {
        _server.Answer = context =>
        {
            Fail(context, status);
            return Task.CompletedTask;
        };
        RequestFailedException failure = await Assert.ThrowsAsync<RequestFailedException>(() => _client.AddUserToGroupAsync("g", "u"));
        Assert.Equal((status, calls), (failure.Status, _server.Requests.Count));
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_There_Is_No_Failure()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        Assert.Equal(404, (await _client.AddUserToGroupAsync("g", "nobody")).Status);
        Assert.False((await _client.GroupExistsAsync("g")).Value);
    }

    [Fact]
    public async Task A_Call_Ends_When_Its_Caller_Does_Not_Want_It_Any_More()
    {
        _server.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.AddUserToGroupAsync("g", "u", new RequestContext { CancellationToken = stop.Token }));
    }

    [Fact]
    public async Task A_Client_Address_Holds_A_Token_For_The_Hub_And_The_Person()
    {
        Uri address = await _client.GetClientAccessUriAsync(TimeSpan.FromMinutes(5), "user-1", TestContext.Current.CancellationToken);
        Assert.StartsWith($"ws{_server.Address["http".Length..]}/client/hubs/chat?access_token=", address.AbsoluteUri, StringComparison.Ordinal);
        JsonWebToken jwt = await ValidateAsync(HttpUtility.ParseQueryString(address.Query)["access_token"]!);
        Assert.Equal(("user-1", $"{_server.Address}/client/hubs/chat"), (jwt.Subject, Assert.Single(jwt.Audiences)));
        Assert.Equal(TimeSpan.FromMinutes(5), jwt.ValidTo - jwt.IssuedAt);
        Assert.Empty(_server.Requests);
        Assert.StartsWith("wss://x.example/client/hubs/h?", (await new WebPubSubServiceClient($"Endpoint=https://x.example;AccessKey={Key}", "h")
            .GetClientAccessUriAsync(TimeSpan.FromMinutes(1), cancellationToken: TestContext.Current.CancellationToken)).AbsoluteUri, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _client.GetClientAccessUriAsync(TimeSpan.FromSeconds(59), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Endpoint=https://x.example", "AccessKey")]
    [InlineData("AccessKey=" + Key, "Endpoint")]
    [InlineData("Endpoint=ftp://x;AccessKey=" + Key, "Endpoint")]
    [InlineData("Endpoint=https://x;AccessKey=" + Key + ";accesskey=" + Key, "accesskey")]
    [InlineData("Endpoint=https://x;AccessKey=" + Key + ";Port=70000", "Port")]
    [InlineData("Endpoint=https://x;=" + Key, "name")]
    public void A_Broken_Connection_String_Is_Named_Without_Its_Key(string connectionString, string named)
    {
        FormatException error = Assert.Throws<FormatException>(() => new WebPubSubServiceClient(connectionString, "chat"));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    private static void Fail(Microsoft.AspNetCore.Http.HttpContext context, int status)
    {
        if (status == 0)
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = status;
        }
    }

    private static async Task<JsonWebToken> ValidateAsync(string token)
    {
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
        });
        Assert.True(result.IsValid);
        return (JsonWebToken)result.SecurityToken;
    }
}
