using Emulator.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Emulator.Tests.Upstream;

public sealed class AbuseProtectionTests
{
    [Fact]
    public async Task First_Event_Waits_For_One_Validation_And_Later_Ones_Do_Not_Ask_Again()
    {
        var clock = new ShiftedClock();
        await using var webhook = await Webhook.StartAsync();
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"], configure: options => options.TimeProvider = clock);
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => emulator.ConnectAsync()));
        var validation = Assert.Single(webhook.Validations);
        Assert.Equal("OPTIONS", validation.Method);
        Assert.Equal("/hubs/test/validate", validation.Path);
        Assert.Equal("127.0.0.1", validation.Header("WebHook-Request-Origin"));
        Assert.Equal("1.0", validation.Header("ce-awpsversion"));

        clock.Advance(TimeSpan.FromMinutes(2));
        await using var later = await emulator.ConnectAsync();
        await Wait.UntilAsync(() => webhook.Validations.Length == 2, "the validation is renewed in the background");
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("other.example, {authority}", true)]
    [InlineData("other.example", false)]
    [InlineData(null, false)]
    public async Task Handler_Must_Allow_The_Service(string? origins, bool allowed)
    {
        var authority = "";
        await using var webhook = await Webhook.StartAsync(onValidation: context =>
        {
            if (origins is not null)
            {
                context.Response.Headers["WebHook-Allowed-Origin"] =
                    origins.Replace("{authority}", authority, StringComparison.Ordinal).Split(", ");
            }

            return Task.CompletedTask;
        });
        await using var emulator = await TestEmulator.StartAsync(webhook, systemEvents: ["connect"]);
        authority = emulator.Authority;
        if (allowed)
        {
            await using var client = await emulator.ConnectAsync();
            return;
        }

        Assert.Equal(500, await TestClient.ConnectRefusedAsync(emulator.Emulator.GetClientAccessUri("test")));
        Assert.Empty(webhook.Events);
    }

    [Fact]
    public async Task Handler_Without_Options_Is_Asked_By_Get_And_A_Refusal_Is_Asked_Again()
    {
        var refuse = true;
        await using var webhook = await Webhook.StartAsync(onValidation: context =>
        {
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                return context.AnswerAsync(404);
            }

            context.Response.Headers["WebHook-Allowed-Origin"] = refuse ? "other" : "*";
            return Task.CompletedTask;
        });
        await using var emulator = await TestEmulator.StartAsync(
            webhook, systemEvents: ["connect"], configure: options => options.UpstreamValidationRetryDelay = TimeSpan.Zero);
        Assert.Equal(500, await TestClient.ConnectRefusedAsync(emulator.Emulator.GetClientAccessUri("test")));
        refuse = false;
        await using var client = await emulator.ConnectAsync();
        Assert.Equal(["OPTIONS", "GET", "OPTIONS", "GET"], webhook.Validations.Select(call => call.Method));
    }
}
