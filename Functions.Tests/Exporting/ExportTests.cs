using System.Text.Json;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Exporting;

/// <summary><c>GET /chat/profile/export/</c>: everything of one's own and nothing of others, streamed.</summary>
public sealed class ExportTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableProxy _proxy = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _host = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task It_Has_The_Profile_Every_Conversation_And_Ones_Own_Messages()
    {
        ChatUser sara = await _host.SignedInAsync(Rooms.NewName("سارا"));
        (ChatUser bob, ChatUser mina) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = "سارا", bio = "یک خط\nدو خط", language = "fa" }).Is(200);
        Room own = await sara.OpenAsync("public", Rooms.NewName("گروه"));
        Room left = await bob.OpenAsync("private");
        await left.AddAsync(sara);
        await sara.SayAsync(own, Texts.WithJoiner, "c1").Is(201);
        await bob.SayAsync(own, "bob's").Is(201);
        await sara.SayAsync(own, "line\u2028separator \"quoted\" \\ \n next").Is(201);
        await sara.PostAsync(own.Path + "read/", new { id = 2 }).Is(204);
        await sara.SayAsync(left, "before I left").Is(201);
        await sara.PostAsync(left.Path + "leave/").Is(204);
        await bob.SendAsync(HttpMethod.Patch, left.Path, new { group_name = "renamed since" }).Is(200);
        await sara.PostAsync($"/chat/private/{mina.Username}/", new { message = "to mina" }).Is(201);
        await mina.PostAsync($"/chat/private/{sara.Username}/", new { message = "to sara" }).Is(201);
        await sara.PostAsync($"/chat/private/{sara.Username}/", new { message = "a note" }).Is(201);

        ExportedLines export = await sara.ExportAsync();

        JsonElement profile = export.Lines[0].HasExactly("type", "username", "display_name", "bio", "language", "created_at");
        Assert.Equal(("profile", sara.Username, "یک خط\nدو خط", "fa"), (profile.Text("type"), profile.Text("username"), profile.Text("bio"), profile.Text("language")));
        Assert.True(Assert.Single(export.Of("session")).HasExactly("type", "created_at", "expires_at").Time("created_at") > default(DateTimeOffset));
        JsonElement group = Assert.Single(export.Of("group")).HasExactly("type", "group_name", "slug", "group_type", "owner", "role", "joined_at", "read_id");
        Assert.Equal((own.Slug, "public", sara.Username, "owner", 2), (group.Text("slug"), group.Text("group_type"), group.Text("owner"), group.Text("role"), group.Number("read_id")));
        Assert.Equal(left.Slug, Assert.Single(export.Of("left_group")).HasExactly("type", "slug", "left_at").Text("slug"));
        Assert.Equal(
            new HashSet<string?> { mina.Username, sara.Username },
            [.. export.Of("private_chat").Select(chat => chat.HasExactly("type", "username", "display_name", "read_id").Text("username"))]);
        JsonElement[] messages = [.. export.Of("message")];
        Assert.All(messages, message => Assert.Equal(sara.Username, message.Text("user")));
        Assert.Equal(
            new HashSet<string?> { Texts.WithJoiner, "line\u2028separator \"quoted\" \\ \n next", "before I left", "to mina", "a note" },
            [.. messages.Select(message => message.Text("message"))]);
        JsonElement first = messages.Single(message => message.Text("message") == Texts.WithJoiner)
            .HasExactly("type", "group", "id", "message", "user", "timestamp", "client_id");
        Assert.Equal((own.Slug, 1, "c1"), (first.Text("group"), first.Number("id"), first.Text("client_id")));
        JsonElement toMina = messages.Single(message => message.Text("message") is "to mina")
            .HasExactly("type", "id", "message", "user", "sender", "recipient", "timestamp");
        Assert.Equal(mina.Username, toMina.Text("recipient"));
        Assert.DoesNotContain("renamed since", export.ToString(), StringComparison.Ordinal);
        Assert.Equal("end", export.Last.HasExactly("type", "lines").Text("type"));
    }

    [Fact]
    public async Task A_Chat_With_An_Erased_Person_Does_Not_Name_Them()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "hi" }).Is(201);
        await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "hello" }).Is(201);
        await sara.EraseAsync();

        ExportedLines export = await bob.ExportAsync();

        Assert.Equal("deleted user", Assert.Single(export.Of("private_chat")).Text("display_name"));
        Assert.Equal("hello", Assert.Single(export.Of("message")).Text("message"));
        Assert.DoesNotContain(sara.Username, export.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Parts_It_Is_The_Same()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => (i % 2 == 0 ? sara : bob).SayAsync(room, $"m{i}").Is(201)));
        await sara.OpenAsync("private");
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "hi" }).Is(201);
        string whole = (await sara.ExportAsync()).ToString();
        await using ChatHost hasty = await StartAsync(("Accounts:ExportTime", "00:00:00.001"));

        ExportedLines first = await sara.On(hasty).ExportAsync();
        ExportedLines parts = await sara.On(hasty).ExportAllAsync();

        Assert.Equal("more", first.Last.HasExactly("type", "after", "lines").Text("type"));
        Assert.Equal(550 + 1, parts.Of("message").Count());
        Assert.Equal(whole[..whole.LastIndexOf('\n')], parts.ToString()[..parts.ToString().LastIndexOf('\n')]);
    }

    [Fact]
    public async Task What_Was_Read_Is_Sent_Before_The_Rest_Is_Read()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Gate = request => request is { Kind: TableRequestKind.Query, Table: "conversations" } ? go.Task : Task.CompletedTask;
        using HttpResponseMessage response = await sara.Client.GetAsync(
            new Uri(Exports.Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        string? profile = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        ApiAnswer second = await sara.GetAsync(Exports.Path);
        go.SetResult();

        Assert.Contains(sara.Username, profile, StringComparison.Ordinal);
        second.IsProblem(429, "too_many_requests");
        Assert.NotNull(second.Header("Retry-After"));
        string rest = await lines.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("""{"type":"end","lines":4}""" + "\n", rest, StringComparison.Ordinal);
        await sara.ExportAsync();
    }

    [Fact]
    public async Task An_Answer_That_Is_Cut_Off_Shows_It()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        _proxy.Fault = request => request is { Kind: TableRequestKind.Query, Table: "conversations" } ? FaultAction.Refuse : FaultAction.None;
        using HttpResponseMessage response = await sara.Client.GetAsync(
            new Uri(Exports.Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        List<string> read = [];
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                read.Add(line);
            }
        });

        Assert.True(failure is HttpRequestException or IOException, failure.ToString());
        Assert.Contains(read, line => line.Contains("profile", StringComparison.Ordinal));
        Assert.DoesNotContain(read, line => line.Contains("\"end\"", StringComparison.Ordinal) || line.Contains("\"more\"", StringComparison.Ordinal));
        _proxy.Reset();
        await sara.ExportAsync();
    }

    [Fact]
    public async Task Before_Its_First_Line_A_Failure_Is_A_Problem()
    {
        ChatUser sara = await _host.SignedInAsync();
        _proxy.Fault = static _ => FaultAction.Refuse;
        await sara.GetAsync(Exports.Path).IsProblem(503, "unavailable");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("account.1")]
    [InlineData("inbox-group-1.-1")]
    [InlineData("inbox-group-1.x")]
    [InlineData("inbox-group-1.1.1")]
    public async Task A_Cursor_That_No_Export_Gave_Is_Refused(string after)
    {
        ChatUser sara = await _host.SignedInAsync();
        await sara.GetAsync($"{Exports.Path}?after={after}").IsProblem(400, "invalid_request", "after");
    }

    private Task<ChatHost> StartAsync(params (string Name, string Value)[] settings) => ChatHost.StartAsync(_proxy.ConnectionString, new ChatHostOptions
    {
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value, StringComparer.Ordinal),
    });
}
