using Microsoft.AspNetCore.Builder;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>A timer's address answers the Functions host alone.</summary>
public sealed class TimerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_Hosts_Timer_Gets_The_Object_That_It_Waits_For()
    {
        await using ChatHost host = await StartAsync();
        ApiAnswer answer = await host.Anonymous().PostJsonAsync("/tick", new { Data = new { timer = new { IsPastDue = false } }, Metadata = new { } });
        Assert.Equal((200, """{"Outputs":{},"Logs":["ticked"],"ReturnValue":null}"""), (answer.Status, answer.Body));
        Assert.StartsWith("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/tick", "X-Forwarded-For")]
    [InlineData("POST", "/TICK/", "x-forwarded-host")]
    [InlineData("POST", "/%74ick", "X-Forwarded-Proto")]
    [InlineData("GET", "/tick", "X-Forwarded-For")]
    [InlineData("GET", "/tick", null)]
    public async Task From_Outside_There_Is_Nothing_There(string method, string path, string? header)
    {
        await using ChatHost host = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (header is not null)
        {
            request.Headers.Add(header, "1");
        }

        ErrorTests.AssertProblem(await host.Anonymous().ReadAsync(request), Errors.NotFound);
    }

    private Task<ChatHost> StartAsync() => ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
    {
        Map = app => app.MapPost("/tick", () => new TimerResult("ticked")).WithTimerFunction("tick", "0 */5 * * * *"),
    });
}
