using System.Text;
using System.Web;
using Azure;
using Azure.Core;
using Microsoft.AspNetCore.Http;
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
        await _client.UserExistsAsync(Name);
        await _client.SendToAllAsync(RequestContent.Create("x"), ContentType.TextPlain, ["c1", "c2"], "userId ne 'u' and ('g' in groups)");
        await _client.SendToAllAsync(RequestContent.Create("x"), ContentType.TextPlain);

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
                $"HEAD /api/hubs/chat/users/{escaped}{Version}  ",
                $"POST /api/hubs/chat/:send{Version}&excluded=c1&excluded=c2&filter=userId%20ne%20%27u%27%20and%20%28%27g%27%20in%20groups%29 text/plain x",
                $"POST /api/hubs/chat/:send{Version} text/plain x",
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
        Assert.False((await _client.UserExistsAsync("nobody")).Value);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_Groups_Connections_Come_Page_By_Page_From_The_Configured_Service_Alone()
    {
        string[] pages =
        [
            """{"value":[{"connectionId":"1","userId":"u"},{"connectionId":"2","userId":null}],"nextLink":"https://elsewhere.example/x?top=9&continuationToken=a%2Bb%3D&api-version=1"}""",
            """{"value":[{"connectionId":"3"}]}""",
        ];
        _server.Answer = context => context.Response.WriteAsync(pages[context.Request.Query.ContainsKey("continuationToken") ? 1 : 0]);

        Assert.Equal([new("1", "u"), new("2", null), new("3", null)], await ListAsync(maxPageSize: 2));
        Assert.Equal(
            [$"/api/hubs/chat/groups/a%2Fb/connections{Version}&maxpagesize=2", $"/api/hubs/chat/groups/a%2Fb/connections{Version}&maxpagesize=2&continuationToken=a%2Bb%3D"],
            _server.Requests.Select(seen => seen.Target));
    }

    [Fact]
    public async Task No_More_Connections_Are_Asked_For_Than_Are_Wanted()
    {
        _server.Answer = context => context.Response.WriteAsync("""{"value":[{"connectionId":"1"},{"connectionId":"2"}],"nextLink":"https://x.example/?continuationToken=t"}""");
        Assert.Equal(2, (await ListAsync(maxCount: 2)).Count);
        Assert.Equal($"/api/hubs/chat/groups/a%2Fb/connections{Version}&top=2", Assert.Single(_server.Requests).Target);
    }

    [Fact]
    public async Task What_Is_No_Page_Of_Connections_Throws()
    {
        _server.Answer = context => context.Response.WriteAsync("""{"value":null}""");
        await Assert.ThrowsAsync<RequestFailedException>(() => ListAsync());
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

    private async Task<List<WebPubSubGroupMember>> ListAsync(int? maxPageSize = null, int? maxCount = null)
    {
        var members = new List<WebPubSubGroupMember>();
        await foreach (WebPubSubGroupMember member in _client.ListConnectionsInGroupAsync("a/b", maxPageSize, maxCount, cancellationToken: TestContext.Current.CancellationToken))
        {
            members.Add(member);
        }

        return members;
    }

    private static void Fail(HttpContext context, int status)
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
