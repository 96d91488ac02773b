using System.Text.Json;
using System.Text.RegularExpressions;
using Emulator;
using Microsoft.AspNetCore.Builder;
using ServerlessChat.Hosting;
using ServerlessChat.Sockets;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Infra;

/// <summary>The hubs in Azure are those that the code has, set as the local run and the tests set them.</summary>
public sealed partial class HubTests
{
    [Fact]
    public async Task Hubs_And_System_Events_Are_The_Codes()
    {
        Dictionary<string, string[]> inAzure = (await HubsAsync()).Variable("hubs").EnumerateArray()
            .ToDictionary(h => h.GetProperty("name").GetString()!, h => h.GetProperty("systemEvents").Strings(), StringComparer.Ordinal);

        Assert.Equal(Channel.All.Order(), inAzure.Keys.Order());
        foreach ((string name, HubOptions hub) in SocketChain.EmulatorFor(functionsPort: 1).Hubs)
        {
            Assert.Equal((name, string.Join(',', Assert.Single(hub.EventHandlers).SystemEvents)), (name, string.Join(',', inAzure[name])));
        }
    }

    [Fact]
    public async Task The_Handler_Is_The_Apps_Route_And_Takes_All_User_Events()
    {
        using WebApplication app = Program.Build([]);
        JsonElement handler = (await HandlersAsync()).Single();
        string url = handler.GetProperty("urlTemplate").SourceText();

        string route = Assert.Single(FunctionFiles.Of(app).Values.Select(f => f.Bindings[0].Route).OfType<string>(), r => r.StartsWith("webpubsub", StringComparison.Ordinal));
        Assert.Equal($"'https://${{functionAppHost}}/{route}'", url);
        Assert.All(SocketChain.EmulatorFor(functionsPort: 1).Hubs.Values.SelectMany(h => h.EventHandlers), h =>
        {
            Assert.EndsWith("/" + route, h.UrlTemplate, StringComparison.Ordinal);
            Assert.Equal(h.UserEventPattern, handler.GetProperty("userEventPattern").GetString());
        });
    }

    [Fact]
    public async Task Events_Carry_A_Token_For_The_Audience_That_The_App_Demands()
    {
        JsonElement auth = (await HandlersAsync()).Single().GetProperty("auth");
        BicepFile app = await InfraFiles.BicepAsync("modules/functionapp.bicep");

        Assert.Equal("ManagedIdentity", auth.GetProperty("type").GetString());
        Assert.Equal("eventAudience", auth.At("managedIdentity", "resource").SourceText());
        Assert.Equal("eventAudience", app.Variable("settings").GetProperty("WebPubSub__EventAudience").SourceText());
        Assert.Equal("webPubSub.identity.principalId", app.Variable("settings").GetProperty("WebPubSub__EventCaller").SourceText());
    }

    [Fact]
    public async Task Clients_Without_A_Token_Are_Refused_Unless_Somebody_Wants_Them()
    {
        BicepFile file = await HubsAsync();
        Assert.Equal("directSockets ? 'allow' : 'deny'", file.Resource("hub").Properties.GetProperty("anonymousConnectPolicy").SourceText());
        Assert.Equal("false", file.Parameters.Single(p => p.Name == "directSockets").Default);
    }

    [Fact]
    public async Task The_Page_About_The_Gateway_Names_The_Same_Events()
    {
        Dictionary<string, string> page = HubRow().Matches(Repository.Read("docs/gateway.md")).ToDictionary(m => m.Groups["hub"].Value, m => m.Groups["events"].Value.Replace("`", ""));
        Assert.Equal(
            (await HubsAsync()).Variable("hubs").EnumerateArray().Select(h => (h.GetProperty("name").GetString()!, string.Join(", ", h.GetProperty("systemEvents").Strings()))).Order(),
            page.Select(h => (h.Key, h.Value)).Order());
    }

    private static Task<BicepFile> HubsAsync() => InfraFiles.BicepAsync("hubs.bicep");

    private static async Task<JsonElement[]> HandlersAsync() => [.. (await HubsAsync()).Resource("hub").Properties.GetProperty("eventHandlers").EnumerateArray()];

    [GeneratedRegex(@"^\| `(?<hub>\w+)` \| (?<events>`[^|]*`) \| `\*` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex HubRow();
}
