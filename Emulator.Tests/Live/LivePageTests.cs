using System.Text.Json;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Live;

public sealed class LivePageTests
{
    [Fact]
    public async Task Page_And_Its_Files_Are_Served_With_A_Strict_Policy()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var http = new HttpClient();
        foreach (var path in new[] { "", "live/page.js", "live/page.css" })
        {
            using var answer = await http.GetAsync($"{emulator.Emulator.Endpoint}{path}", TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        var script = await http.GetStringAsync($"{emulator.Emulator.Endpoint}live/page.js", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("innerHTML", script, StringComparison.Ordinal);
        using var unknown = await http.GetAsync($"{emulator.Emulator.Endpoint}nonsense", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task State_Shows_Hubs_Connections_Groups_And_What_Happened_Without_Secrets()
    {
        await using var webhook = await Webhook.StartAsync((call, context) => call.Type.EndsWith(".say", StringComparison.Ordinal)
            ? context.AnswerAsync("the answer")
            : context.AnswerAsync(204));
        await using var emulator = await TestEmulator.StartAsync(
            webhook,
            systemEvents: ["connect"],
            configure: options =>
            {
                options.IncludeAccessTokenInConnectEvent = true;
                options.Hubs["test"].EventHandlers[0].UrlTemplate += "?code=function-key";
            });
        await using var client = await emulator.ConnectJsonAsync("ann", groups: ["g"]);
        await client.SendAsync("""{"type":"event","event":"say","dataType":"text","data":"the question"}""");
        await client.ReadJsonAsync();
        using var http = new HttpClient();
        await emulator.PostAsync("/:send", "<script>alert(1)</script>");
        var text = await http.GetStringAsync($"{emulator.Emulator.Endpoint}live/state?after=0", TestContext.Current.CancellationToken);
        using var state = JsonDocument.Parse(text);
        var hub = state.RootElement.GetProperty("hubs")[0];
        Assert.Equal("test", hub.GetProperty("name").GetString());
        Assert.Equal("ann", hub.GetProperty("connections")[0].GetProperty("userId").GetString());
        Assert.Equal("g", hub.GetProperty("groups")[0].GetProperty("name").GetString());
        var activities = state.RootElement.GetProperty("activities").EnumerateArray().ToList();
        foreach (var kind in new[] { "client", "frame", "rest", "webhook" })
        {
            Assert.Contains(activities, activity => activity.GetProperty("kind").ValueEquals(kind));
        }

        Assert.Contains(activities, activity => activity.GetProperty("payload").ValueEquals("the answer"));
        Assert.Contains(activities, activity => activity.GetProperty("payload").ValueEquals("<script>alert(1)</script>"));
        var last = activities[^1].GetProperty("id").GetInt64();
        var later = await http.GetStringAsync($"{emulator.Emulator.Endpoint}live/state?after={last}", TestContext.Current.CancellationToken);
        Assert.Contains("\"activities\":[]", later, StringComparison.Ordinal);
        Assert.DoesNotContain("function-key", text, StringComparison.Ordinal);
        Assert.DoesNotContain(WebPubSubEmulatorOptions.DevelopmentAccessKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("access_token", text, StringComparison.Ordinal);
    }
}
