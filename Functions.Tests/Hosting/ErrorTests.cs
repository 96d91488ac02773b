using System.Net;
using System.Net.Sockets;
using Azure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>Every error is problem details, and shows nothing of the inside.</summary>
public sealed class ErrorTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("/chat/nothing/here/")]
    [InlineData("/chat//login/")]
    [InlineData("/api/chat/login/")]
    [InlineData("/%D8%B3%D9%84%D8%A7%D9%85/")]
    [InlineData("/%FF%FE/")]
    [InlineData("/%zz/")]
    [InlineData("/favicon.ico")]
    public async Task An_Unknown_Address_Is_Not_Found(string path)
    {
        await using ChatHost host = await StartAsync();
        AssertProblem(await host.Anonymous().GetJsonAsync(path), Errors.NotFound);
    }

    [Theory]
    [InlineData("GET", "/chat/login/", "POST")]
    [InlineData("DELETE", "/chat/login", "POST")]
    [InlineData("OPTIONS", "/chat/login/", "POST")]
    [InlineData("HEAD", "/chat/login/", "POST")]
    [InlineData("POST", "/", "GET, HEAD")]
    [InlineData("POST", "/chat/profile/", "DELETE, GET, PATCH, HEAD")]
    [InlineData("BREW", "/health/", "GET, HEAD")]
    public async Task A_Wrong_Method_Is_Answered_With_The_Right_Ones(string method, string path, string allow)
    {
        await using ChatHost host = await StartAsync();

        ApiAnswer answer = await host.Anonymous().SendJsonAsync(new HttpMethod(method), path);

        Assert.Equal(405, answer.Status);
        Assert.Equal(allow.Split(", ").Order(), string.Join(", ", answer.Headers["Allow"]).Split(", ").Order());
        if (method is not "HEAD")
        {
            AssertProblem(answer, Errors.MethodNotAllowed);
        }
    }

    [Fact]
    public async Task An_Unhandled_Exception_Is_Logged_Once_And_Not_Shown()
    {
        await using ChatHost host = await StartAsync(_ => throw new InvalidCastException("the-inside"), errorsAreExpected: true);

        ApiAnswer answer = await host.Anonymous().GetJsonAsync("/test/");

        AssertProblem(answer, Errors.Internal);
        Assert.DoesNotContain("the-inside", answer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.ToString(), StringComparison.Ordinal);
        LogEntry entry = Assert.Single(host.Logs.Entries, e => e.Level >= LogLevel.Warning);
        Assert.Contains("the-inside", entry.Text, StringComparison.Ordinal);
        Assert.Matches("Trace [0-9a-f]{32}", entry.Text);
    }

    public static TheoryData<string> StorageFailures => ["0", "408", "429", "500", "503", "all tries", "timeout", "cancelled"];

    [Theory]
    [MemberData(nameof(StorageFailures))]
    public async Task Storage_That_Does_Not_Answer_Is_Unavailable_And_Says_When_To_Come_Back(string failure)
    {
        Exception exception = failure switch
        {
            "timeout" => new TimeoutException(),
            "cancelled" => new TaskCanceledException(),
            "all tries" => new AggregateException(new RequestFailedException("gone"), new IOException()),
            _ => new RequestFailedException(int.Parse(failure), "account-name.table"),
        };
        await using ChatHost host = await StartAsync(_ => throw exception);

        ApiAnswer answer = await host.Anonymous().GetJsonAsync("/test/");

        AssertProblem(answer, Errors.Unavailable);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!), 1, 60);
        Assert.DoesNotContain("account-name", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_That_Refuses_Our_Request_Is_Our_Mistake()
    {
        await using ChatHost host = await StartAsync(_ => throw new RequestFailedException(403, "no"), errorsAreExpected: true);
        AssertProblem(await host.Anonymous().GetJsonAsync("/test/"), Errors.Internal);
    }

    [Fact]
    public async Task A_Request_That_Takes_Too_Long_Is_Ended()
    {
        await using ChatHost host = await StartAsync(
            async context => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted),
            settings: new() { ["Hosting:RequestTimeout"] = "00:00:00.2" });

        ApiAnswer answer = await host.Anonymous().GetJsonAsync("/test/");

        AssertProblem(answer, Errors.Unavailable);
        Assert.NotNull(answer.Header("Retry-After"));
    }

    [Fact]
    public async Task A_Caller_That_Leaves_Is_No_Error()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ChatHost host = await StartAsync(async context =>
        {
            entered.SetResult();
            context.RequestAborted.Register(left.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync("GET /test/ HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await entered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }

        // That no error was logged is what the host demands at its end.
        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_Parameter_That_Can_Not_Be_Read_Is_A_Bad_Request()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
        {
            Map = app => app.MapGet("/test/", (int limit) => limit.ToString()),
        });

        AssertProblem(await host.Anonymous().GetJsonAsync("/test/?limit=many"), Errors.InvalidRequest);
        Assert.Equal("7", (await host.Anonymous().GetJsonAsync("/test/?limit=7")).Body);
    }

    internal static void AssertProblem(ApiAnswer answer, ErrorKind kind)
    {
        Assert.True(answer.Code == kind.Code, answer.ToString());
        Assert.Equal(kind.Status, answer.Status);
        Assert.Equal(kind.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal(kind.Title, answer.Json.GetProperty("title").GetString());
        Assert.Equal($"urn:serverlesschat:error:{kind.Code}", answer.Json.GetProperty("type").GetString());
        Assert.NotEqual("", answer.Json.GetProperty("detail").GetString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    private Task<ChatHost> StartAsync(
        RequestDelegate? test = null, bool errorsAreExpected = false, Dictionary<string, string?>? settings = null) =>
        ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
        {
            Map = app => app.MapGet("/test/", test ?? (_ => Task.CompletedTask)),
            ErrorsAreExpected = errorsAreExpected,
            Settings = settings ?? [],
        });
}
