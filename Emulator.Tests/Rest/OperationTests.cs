using System.Net;
using System.Text.Json;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Rest;

public sealed class OperationTests
{
    [Fact]
    public async Task Health_Needs_No_Token()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{emulator.Emulator.Endpoint}api/health");
        using var head = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        using var get = await http.GetAsync($"{emulator.Emulator.Endpoint}api/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
    }

    [Fact]
    public async Task Sends_Reach_Whom_They_Name_And_Pass_By_The_Excluded()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var ann = await emulator.ConnectJsonAsync("ann", groups: ["g"]);
        await using var ann2 = await emulator.ConnectJsonAsync("ann");
        await using var bob = await emulator.ConnectJsonAsync("bob", groups: ["g"]);
        await AcceptAsync(emulator.PostAsync("/users/ann/:send", "to ann"));
        await AcceptAsync(emulator.PostAsync($"/groups/g/:send?excluded={bob.ConnectionId}", "to g without bob"));
        await AcceptAsync(emulator.PostAsync($"/connections/{bob.ConnectionId}/:send", "to bob"));
        await AcceptAsync(emulator.PostAsync($"/:send?excluded={ann.ConnectionId}&excluded={ann2.ConnectionId}", "to all without ann"));
        await AcceptAsync(emulator.PostAsync("/users/nobody/:send", "to nobody"));
        await AcceptAsync(emulator.PostAsync("/connections/none/:send", "to nobody"));
        await AcceptAsync(emulator.PostAsync("/:send", "end"));
        Assert.Equal(["to ann", "to g without bob", "end"], await ReadAsync(ann, 3));
        Assert.Equal(["to ann", "end"], await ReadAsync(ann2, 2));
        Assert.Equal(["to bob", "to all without ann", "end"], await ReadAsync(bob, 3));
    }

    [Theory]
    [InlineData("/:send")]
    [InlineData("/groups/g/:send")]
    [InlineData("/users/ann/:send")]
    public async Task Filters_Choose_Among_The_Receivers(string path)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var inside = await emulator.ConnectJsonAsync("ann", groups: ["g", "h"]);
        await using var outside = await emulator.ConnectJsonAsync("ann", groups: ["g"]);
        await AcceptAsync(emulator.PostAsync($"{path}?filter={Uri.EscapeDataString("'h' in groups")}", "filtered"));
        await AcceptAsync(emulator.PostAsync(path, "end"));
        Assert.Equal(["filtered", "end"], await ReadAsync(inside, 2));
        Assert.Equal(["end"], await ReadAsync(outside, 1));
    }

    [Fact]
    public async Task Metadata_Headers_Become_The_Messages_Metadata()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync();
        using var content = new StringContent("x");
        content.Headers.Add("X-WebPubSub-Metadata-Trace", "7");
        await AcceptAsync(emulator.CallAsync(HttpMethod.Post, "/:send", content));
        Assert.Equal("7", (await client.ReadJsonAsync()).GetProperty("metadata").GetProperty("trace").GetString());
    }

    [Fact]
    public async Task Closing_Tells_The_Reason_And_Closes_With_1000()
    {
        await using var emulator = await TestEmulator.StartAsync();
        foreach (var path in new[] { "/connections/{id}?reason=bye", "/:closeConnections?reason=bye", "/groups/g/:closeConnections?reason=bye", "/users/u/:closeConnections?reason=bye" })
        {
            await using var client = await emulator.ConnectJsonAsync("u", groups: ["g"]);
            var method = path.StartsWith("/connections", StringComparison.Ordinal) ? HttpMethod.Delete : HttpMethod.Post;
            using var answer = await emulator.CallAsync(method, path.Replace("{id}", client.ConnectionId, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal("""{"type":"system","event":"disconnected","message":"bye"}""", await client.ReadTextAsync());
            Assert.Equal(1000, await client.ReadCloseAsync());
            Assert.Empty(emulator.State.Connections);
        }

        using var unknown = await emulator.CallAsync(HttpMethod.Delete, "/connections/none");
        Assert.Equal(HttpStatusCode.NoContent, unknown.StatusCode);
    }

    [Fact]
    public async Task Closing_Passes_By_The_Excluded()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var kept = await emulator.ConnectJsonAsync();
        await using var closed = await emulator.ConnectJsonAsync();
        using var answer = await emulator.PostAsync($"/:closeConnections?excluded={kept.ConnectionId}");
        Assert.Equal(1000, await closed.ReadCloseAsync());
        Assert.Equal(kept.ConnectionId, Assert.Single(emulator.State.Connections).Id);
    }

    [Fact]
    public async Task Membership_Is_Changed_By_Connection_User_And_Filter()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync("ann");
        var id = client.ConnectionId;
        await ChangeAsync(emulator, HttpMethod.Put, $"/groups/a/connections/{id}", 200, "a");
        await ChangeAsync(emulator, HttpMethod.Put, "/users/ann/groups/b%2Fc", 200, "a", "b/c");
        await ChangeAsync(emulator, HttpMethod.Delete, $"/groups/a/connections/{id}", 204, "b/c");
        await ChangeAsync(emulator, HttpMethod.Delete, "/users/ann/groups/b%2Fc", 204);
        using var added = await emulator.PostAsync("/:addToGroups", """{"groups":["x","y"],"filter":"userId eq 'ann'"}""", "application/json");
        using var missed = await emulator.PostAsync("/:addToGroups", """{"groups":["z"],"filter":"userId eq 'bob'"}""", "application/json");
        using var removed = await emulator.PostAsync("/:removeFromGroups", """{"groups":["x"],"filter":"'x' in groups"}""", "application/json");
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal(["y"], emulator.State.Groups.Select(group => group.Key));
        await ChangeAsync(emulator, HttpMethod.Delete, $"/connections/{id}/groups", 204);
        await ChangeAsync(emulator, HttpMethod.Put, $"/groups/a/connections/{id}", 200, "a");
        await ChangeAsync(emulator, HttpMethod.Delete, "/users/ann/groups", 204);
        await ChangeAsync(emulator, HttpMethod.Put, "/groups/a/connections/none", 404);
        await ChangeAsync(emulator, HttpMethod.Delete, "/groups/a/connections/none", 204);
    }

    [Fact]
    public async Task Adding_An_Absent_User_Is_Taken_Unless_The_Option_Says_Otherwise()
    {
        await using var lenient = await TestEmulator.StartAsync();
        await ChangeAsync(lenient, HttpMethod.Put, "/users/nobody/groups/g", 200);
        await using var strict = await TestEmulator.StartAsync(options => options.AddAbsentUserToGroupIsNotFound = true);
        await ChangeAsync(strict, HttpMethod.Put, "/users/nobody/groups/g", 404);
    }

    [Fact]
    public async Task Heads_Tell_What_Exists()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync("ann", groups: ["g"]);
        foreach (var path in new[] { $"/connections/{client.ConnectionId}", "/groups/g", "/users/ann" })
        {
            using var answer = await emulator.CallAsync(HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Permissions_Are_Granted_Checked_And_Revoked()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await using var client = await emulator.ConnectJsonAsync(roles: []);
        var path = $"/permissions/joinLeaveGroup/connections/{client.ConnectionId}?targetName=g";
        foreach (var (method, status) in new[] { ("HEAD", 404), ("PUT", 200), ("HEAD", 200), ("DELETE", 204), ("HEAD", 404) })
        {
            using var answer = await emulator.CallAsync(HttpMethod.Parse(method), path);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var unknown = await emulator.CallAsync(HttpMethod.Delete, "/permissions/sendToGroup/connections/none?targetName=g");
        Assert.Equal(HttpStatusCode.NoContent, unknown.StatusCode);
    }

    [Fact]
    public async Task Members_Are_Listed_In_Pages_With_What_Remains_Of_Top()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var clients = new List<TestClient>();
        for (var i = 0; i < 6; i++)
        {
            clients.Add(await emulator.ConnectJsonAsync(i == 0 ? null : $"u{i}", groups: ["g"]));
        }

        var ids = new List<string?>();
        var tops = new List<string>();
        var next = $"{emulator.Emulator.Endpoint}api/hubs/test/groups/g/connections?maxpagesize=2&top=5&{TestEmulator.Version}";
        while (next is not null)
        {
            using var answer = await emulator.SendAsync(HttpMethod.Get, next);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            ids.AddRange(page.RootElement.GetProperty("value").EnumerateArray().Select(member => member.GetProperty("connectionId").GetString()));
            next = page.RootElement.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
            tops.AddRange((next ?? "").Split('?', '&').Where(part => part.StartsWith("top=", StringComparison.Ordinal)));
        }

        Assert.Equal(5, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["top=3", "top=1"], tops);
        using var all = await emulator.CallAsync(HttpMethod.Get, "/groups/g/connections");
        var body = await all.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"userId\":null", body, StringComparison.Ordinal);
        Assert.DoesNotContain("nextLink", body, StringComparison.Ordinal);
        using var empty = await emulator.CallAsync(HttpMethod.Get, "/groups/none/connections");
        Assert.Equal("""{"value":[]}""", await empty.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Generated_Token_Lets_A_Client_In_As_It_Says()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var answer = await emulator.PostAsync("/:generateToken?userId=ann&role=webpubsub.joinLeaveGroup.x&role=webpubsub.sendToGroup&group=g&group=h&minutesToExpire=1&clientType=DEFAULT");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var token = body.RootElement.GetProperty("token").GetString();
        await using var client = await TestClient.ConnectAsync(new($"ws://{emulator.Authority}/client/hubs/test?access_token={token}"), "json.webpubsub.azure.v1");
        Assert.Equal("ann", (await client.ReadConnectedAsync()).GetProperty("userId").GetString());
        Assert.Equal(["g", "h"], emulator.State.Groups.Select(group => group.Key).Order(StringComparer.Ordinal));
        await client.RequestOkAsync("""{"type":"joinGroup","group":"x","ackId":1}""");
        using var mqtt = await emulator.PostAsync("/:generateToken?clientType=mqtt");
        Assert.Equal(HttpStatusCode.OK, mqtt.StatusCode);
    }

    private static async Task ChangeAsync(TestEmulator emulator, HttpMethod method, string path, int status, params string[] groups)
    {
        using var answer = await emulator.CallAsync(method, path);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status < 300)
        {
            Assert.Equal(groups, emulator.State.Groups.Select(group => group.Key).Order(StringComparer.Ordinal));
        }
    }

    private static async Task AcceptAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<List<string?>> ReadAsync(TestClient client, int count)
    {
        var result = new List<string?>();
        for (var i = 0; i < count; i++)
        {
            result.Add((await client.ReadJsonAsync()).GetProperty("data").GetString());
        }

        return result;
    }
}
