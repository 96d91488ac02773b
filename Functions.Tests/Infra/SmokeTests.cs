using System.Text.RegularExpressions;
using Emulator;
using ServerlessChat.Local.Gateway;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Infra;

/// <summary><c>smoke.sh</c> against the whole local chain, as it will be run against a deployed one.</summary>
public sealed partial class SmokeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_Tour_Succeeds_And_Leaves_Two_Accounts_Behind()
    {
        (WebPubSubEmulator emulator, ChatHost host) = await SocketChain.StartAsync(azurite.NewConnectionString());
        await using WebPubSubEmulator ofEmulator = emulator;
        await using ChatHost ofHost = host;
        await using LocalGateway gateway = await GatewayAsync(emulator, host);

        ShellResult result = await RunAsync(gateway.Address.AbsoluteUri);

        Assert.True(result.Code == 0, result.Output + result.Errors);
        Assert.Equal(11, Regex.Count(result.Output, "^ok  ", RegexOptions.Multiline | RegexOptions.NonBacktracking));
        Assert.EndsWith($"{gateway.Address.AbsoluteUri} works.\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("eyJ[A-Za-z0-9_-]{10}", result.Output + result.Errors);
        Match left = LeftBehind().Match(result.Output);
        Assert.True(left.Success, result.Output);

        ChatUser somebody = await host.SignedInAsync();
        Assert.Equal(404, (await somebody.GetAsync($"/chat/group/دوستان-smoke-{left.Groups["run"].Value}/")).Status);
        Assert.Equal(200, (await somebody.GetAsync($"/chat/profile/bob-smoke-{left.Groups["run"].Value}/")).Status);
    }

    [Fact]
    public async Task Without_Web_PubSub_It_Fails_At_The_Sockets_And_Removes_Its_Group()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString());

        ShellResult result = await RunAsync(host.Address.AbsoluteUri, "0");

        Assert.Equal(1, result.Code);
        Assert.Contains("ok      a group with a Persian name\n", result.Output, StringComparison.Ordinal);
        Match failed = Failed().Match(result.Output);
        Assert.Equal("both open its socket", failed.Groups["step"].Value);
        Assert.Contains("503", failed.Groups["why"].Value, StringComparison.Ordinal);
        Assert.EndsWith($"{host.Address.AbsoluteUri} does not work.\n", result.Output, StringComparison.Ordinal);
        ChatUser somebody = await host.SignedInAsync();
        Assert.Equal(404, (await somebody.GetAsync($"/chat/group/دوستان-smoke-{LeftBehind().Match(result.Output).Groups["run"].Value}/")).Status);
    }

    [Fact]
    public async Task Where_Nobody_Answers_It_Says_So()
    {
        ShellResult result = await RunAsync($"http://127.0.0.1:{FreePorts.Next()}/", "0");

        Assert.Equal(1, result.Code);
        Assert.Equal("the app is healthy", Failed().Match(result.Output).Groups["step"].Value);
        Assert.Contains("GET /health/: no answer", result.Output, StringComparison.Ordinal);
        Assert.Contains("left behind: nothing\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("chat.example.org")]
    [InlineData("https://chat.example.org/chat/")]
    [InlineData("https://chat.example.org/", "soon")]
    public async Task Wrong_Arguments_Are_Explained(params string[] arguments)
    {
        ShellResult result = await RunAsync(arguments);
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.StartsWith("Usage: smoke.sh URL", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_A_Deployment_The_Handlers_Are_Set_And_The_Tour_Is_Walked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are bash, and so are the stand-ins.");
        using var azure = new FakeAzure();
        (WebPubSubEmulator emulator, ChatHost host) = await SocketChain.StartAsync(azurite.NewConnectionString());
        await using WebPubSubEmulator ofEmulator = emulator;
        await using ChatHost ofHost = host;
        await using LocalGateway gateway = await GatewayAsync(emulator, host);

        ShellResult result = await azure.RunAsync("postdeploy.sh", Deployed(gateway.Address.AbsoluteUri));

        Assert.True(result.Code == 0, result.Output + result.Errors);
        string call = Assert.Single(azure.Calls, c => c.StartsWith("az deployment group create --resource-group rg-x --name hubs ", StringComparison.Ordinal));
        Assert.EndsWith("webPubSubName=wps-x functionAppHost=func-x.azurewebsites.net eventAudience=audience directSockets=false", call, StringComparison.Ordinal);
        Assert.EndsWith(" works.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_App_That_Is_Not_Healthy_Gets_No_Handlers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are bash, and so are the stand-ins.");
        using var azure = new FakeAzure();

        ShellResult result = await azure.RunAsync("postdeploy.sh", Deployed($"http://127.0.0.1:{FreePorts.Next()}/"));

        Assert.Equal(1, result.Code);
        Assert.Contains("the app is not healthy at http://127.0.0.1:", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(azure.Calls, c => c.Contains("deployment", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Deployed(string address) => new(StringComparer.Ordinal)
    {
        ["AZURE_RESOURCE_GROUP"] = "rg-x",
        ["AZURE_WEB_PUBSUB_NAME"] = "wps-x",
        ["AZURE_FUNCTION_HOST"] = "func-x.azurewebsites.net",
        ["EVENT_AUDIENCE"] = "audience",
        ["CHAT_URL"] = address,
        ["HEALTH_SECONDS"] = "0",
    };

    private static Task<LocalGateway> GatewayAsync(WebPubSubEmulator emulator, ChatHost host)
    {
        Uri webPubSub = new(new Uri(emulator.ConnectionString.Split(';')[0]["Endpoint=".Length..]).GetLeftPart(UriPartial.Authority));
        return LocalGateway.StartAsync(new GatewayOptions(0, host.Address, webPubSub), TestContext.Current.CancellationToken);
    }

    private static Task<ShellResult> RunAsync(params string[] arguments) => Shell.RunAsync("bash", [Path.Combine(Repository.Root, "smoke.sh"), .. arguments]);

    [GeneratedRegex("^left behind: the account سارا-smoke-(?<run>[0-9a-f]{10}); the account bob-smoke-[0-9a-f]{10}$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex LeftBehind();

    [GeneratedRegex("^failed  (?<step>.*)\n        (?<why>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Failed();
}
