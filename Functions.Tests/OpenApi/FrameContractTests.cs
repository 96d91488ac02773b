using System.Reflection;
using System.Text.Json;
using Json.Schema;
using ServerlessChat.Notifications;
using ServerlessChat.Signals;
using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary><c>docs/asyncapi.yaml</c> is AsyncAPI, says what the code says, and what holds frames against it does notice.</summary>
public sealed class FrameContractTests
{
    private const string InGroup = """{"id":1,"message":"hi","user":"sara","timestamp":"2026-11-22T08:15:02.123Z"}""";
    private const string InPrivate = """{"id":1,"message":"hi","user":"sara","sender":"sara","recipient":"dara","timestamp":"2026-11-22T08:15:02.123Z","client_id":"a"}""";

    [Theory]
    [InlineData("chat", InGroup)]
    [InlineData("chat", """{"event":"removed","slug":"books"}""")]
    [InlineData("chat", """{"error":{"code":"invalid_json","detail":"d"}}""")]
    [InlineData("chat", """{"event":"read","user":"sara","id":3}""")]
    [InlineData("private_chat", """{"event":"typing","user":"sara"}""")]
    [InlineData("private_chat", """{"event":"presence","user":"sara","online":false}""")]
    [InlineData("notifications", """{"kind":"typing","message":"m","sender":"sara","recipient":"dara","timestamp":"2026-11-22T08:15:02.123Z"}""")]
    [InlineData("private_chat", InPrivate)]
    [InlineData("notifications", """{"kind":"group_deleted","message":"m","sender":"sara","timestamp":"2026-11-22T08:15:02.123Z","group":"books","group_name":"Books"}""")]
    [InlineData("a_test", """{"anything":1}""")]
    public async Task What_A_Channel_Declares_Is_Let_Through(string hub, string frame)
    {
        FrameContract contract = await FrameContract.Current;
        Assert.Null(contract.Explain(hub, frame, isWrapped: false));
        Assert.Null(contract.Explain(hub, $$"""{"type":"message","from":"group","dataType":"json","data":{{frame}}}""", isWrapped: true));
        Assert.Null(contract.Explain(hub, """{"type":"system","event":"connected"}""", isWrapped: true));
    }

    [Theory]
    [InlineData("chat", InPrivate)]
    [InlineData("private_chat", InGroup)]
    [InlineData("notifications", InGroup)]
    [InlineData("chat", """{"event":"renamed","slug":"books"}""")]
    [InlineData("chat", """{"event":"read","user":"sara"}""")]
    [InlineData("chat", """{"event":"typing","user":"sara","id":3}""")]
    [InlineData("notifications", """{"kind":"presence","message":"m","sender":"sara","timestamp":"2026-11-22T08:15:02.123Z"}""")]
    [InlineData("chat", """{"id":1,"message":"hi","user":"sara","timestamp":"2026-11-22T08:15:02.123Z","colour":"red"}""")]
    [InlineData("chat", """{"error":{"code":"invalid_json","detail":"d","trace":"t"}}""")]
    [InlineData("notifications", """{"kind":"invite","id":null,"message":"m","sender":"sara","timestamp":"2026-11-22T08:15:02.123Z","group":"books","group_name":"Books"}""")]
    public async Task What_It_Does_Not_Is_Found(string hub, string frame)
    {
        FrameContract contract = await FrameContract.Current;
        Assert.NotNull(contract.Explain(hub, frame, isWrapped: false));
        Assert.NotNull(contract.Explain(hub, $$"""{"type":"message","from":"group","dataType":"json","data":{{frame}}}""", isWrapped: true));
    }

    [Fact]
    public async Task The_File_Is_AsyncApi_3()
    {
        string specification = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tools", "node_modules", "@asyncapi", "specs", "schemas", "3.0.0.json"), TestContext.Current.CancellationToken);
        JsonSchema schema = JsonSchema.FromText(specification, new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = Dialect.Draft07 }, null, null);
        Assert.Null(Schemas.Explain(schema, (await FrameContract.Current).Document));
        Assert.NotNull(Schemas.Explain(schema, JsonElement.Parse("""{"asyncapi":"3.0.0","info":{"title":"t","version":"1"},"channels":{"a":{"adress":"/a/"}}}""")));
    }

    [Fact]
    public async Task Examples_Are_Of_Their_Messages_Shapes()
    {
        FrameContract contract = await FrameContract.Current;
        foreach (JsonProperty message in contract.Document.At("components", "messages").EnumerateObject())
        {
            JsonSchema schema = contract.Schemas.Of(message.Value.GetProperty("payload"));
            JsonElement[] examples = [.. message.Value.GetProperty("examples").EnumerateArray()];
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Null(Schemas.Explain(schema, example.GetProperty("payload"))));
        }
    }

    [Fact]
    public async Task It_Has_Every_Kind_Of_Notification_That_The_Code_Has()
    {
        FrameContract contract = await FrameContract.Current;
        IEnumerable<string> described = contract.MessagesOf("notifications", "send")
            .Select(message => contract.Resolve(message.GetProperty("payload")))
            .Where(schema => schema.GetProperty("properties").TryGetProperty("kind", out _))
            .SelectMany(schema => schema.At("properties", "kind", "enum").Strings());
        IEnumerable<string> known = new[] { typeof(NotificationKind), typeof(SignalKind) }
            .SelectMany(kinds => kinds.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(known.Order(StringComparer.Ordinal), described.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_Entry_Is_The_Same_On_A_Socket_And_In_History()
    {
        JsonElement frames = (await FrameContract.Current).Document.At("components", "schemas");
        IEnumerable<string> history = ApiContract.Current.Document.At("components", "schemas", "Message", "properties").Names();
        Assert.Equal(history.Order(StringComparer.Ordinal), Names("PrivateMessage", "PrivateChange"));
        Assert.Equal(history.Except(["sender", "recipient"]).Order(StringComparer.Ordinal), Names("GroupMessage", "GroupChange"));

        IEnumerable<string> Names(string message, string change) => frames.At(message, "properties").Names()
            .Union(frames.At(change, "properties").Names(), StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Its_Channels_Are_The_Addresses_Of_The_Api_And_Their_Hubs()
    {
        (string Address, string Hub)[] channels = [.. (await FrameContract.Current).Document.GetProperty("channels").EnumerateObject()
            .Select(channel => (channel.Value.GetProperty("address").GetString()!, channel.Value.GetProperty("x-hub").GetString()!))];
        Assert.Equal(ServerlessChat.Sockets.Channel.All, channels.Select(channel => channel.Hub));
        Assert.Equal(
            ApiContract.Current.Operations.Select(operation => operation.Path).Where(path => path.StartsWith("/ws/", StringComparison.Ordinal)).Distinct(),
            channels.Select(channel => channel.Address));
        Assert.All(channels, channel => Assert.StartsWith($"/ws/{channel.Hub}/", channel.Address, StringComparison.Ordinal));
    }
}
