using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Reliability;

/// <summary>The billable operations of docs/architecture.md, counted on the wire.</summary>
public sealed class BudgetTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableProxy _proxy = null!;
    private ChatHost _host = null!;
    private ChatUser _sara = null!;
    private ChatUser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _host = await ChatHost.StartAsync(_proxy.ConnectionString);
        _sara = await _host.SignedInAsync();
        _bob = await _host.SignedInAsync();
        await CreateAsync("warm", "public"); // Makes the tables.
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task To_Know_Who_Is_Calling_Costs_Nothing()
    {
        await ExpectAsync(400, () => _sara.PostAsync("/chat/group/warm/", new { message = "" }), [], []);
        await ExpectAsync(404, () => _sara.GetAsync("/chat/group/$$$/"), [], []);
    }

    [Fact]
    public async Task To_Register_Costs_One()
    {
        var body = new { username = "user-" + Storage.Keys.NewId()[..8], password1 = "a long pass phrase", password2 = "a long pass phrase" };
        await ExpectAsync(201, () => _host.Anonymous().PostJsonAsync("/chat/register/", body), [], [TableRequestKind.Batch]);
    }

    [Fact]
    public async Task To_Log_In_Costs_Two() =>
        await ExpectAsync(
            200,
            () => _host.Anonymous().PostJsonAsync("/chat/login/", new { username = _sara.Username, password = _sara.Password }),
            [TableRequestKind.Query],
            [TableRequestKind.Batch]);

    [Theory]
    [InlineData("public", 3)]
    [InlineData("private", 2)]
    public async Task To_Create_A_Group_Costs_At_Most_Three(string type, int operations)
    {
        _proxy.Reset();
        await CreateAsync("made-" + type, type);
        Assert.Equal(operations, _proxy.Count());
    }

    [Fact]
    public async Task A_Message_Of_A_Member_Costs_One_Read_And_One_Batch()
    {
        await CreateAsync("room", "public");
        Assert.Equal(201, (await _bob.PostAsync("/chat/group/room/", new { message = "joins" })).Status);

        await ExpectAsync(201, () => _bob.PostAsync("/chat/group/room/", new { message = "hi", client_id = "1" }), [TableRequestKind.PointRead], [TableRequestKind.Batch]);
        await ExpectAsync(201, () => _sara.PostAsync("/chat/group/room/", new { message = "the owner's" }), [], [TableRequestKind.Batch]);
    }

    [Fact]
    public async Task A_Message_To_A_Person_Costs_One_Read_And_One_Batch()
    {
        string path = $"/chat/chat/private/{_bob.Username}/";
        Assert.Equal(201, (await _sara.PostAsync(path, new { message = "first" })).Status);

        await ExpectAsync(201, () => _sara.PostAsync(path, new { message = "second", client_id = "2" }), [TableRequestKind.PointRead], [TableRequestKind.Batch]);
    }

    [Fact]
    public async Task A_Message_After_Another_Instances_Costs_A_Refused_Batch_And_A_Read_More()
    {
        await CreateAsync("shared", "public");
        await using ChatHost other = await ChatHost.StartAsync(_proxy.ConnectionString);
        Assert.Equal(201, (await other.SignedIn(_sara.Token).PostJsonAsync("/chat/group/shared/", new { message = "there" })).Status);
        Assert.Equal(201, (await _sara.PostAsync("/chat/group/shared/", new { message = "here" })).Status);

        Assert.Equal(201, (await other.SignedIn(_sara.Token).PostJsonAsync("/chat/group/shared/", new { message = "there" })).Status);
        await ExpectAsync(
            201, () => _sara.PostAsync("/chat/group/shared/", new { message = "here" }), [TableRequestKind.PointRead], [TableRequestKind.Batch, TableRequestKind.Batch]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?before=41")]
    [InlineData("?after=3&limit=10")]
    [InlineData("?after=60")]
    [InlineData("?before=1")]
    public async Task A_Page_Costs_At_Most_Four_Operations_Whatever_The_Logs_Length(string query)
    {
        await CreateAsync("long", "public");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => _bob.PostAsync("/chat/group/long/", new { message = $"m{i}" })));
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = $"m{i}" })));

        // The log, when anything can be there, and what it is read with: in a group the members, who tell the reader's own right too; in private the other's account and position.
        int log = query is "?after=60" or "?before=1" ? 0 : 1;
        bool showsReads = !query.Contains("before", StringComparison.Ordinal);
        _proxy.Reset();
        Assert.Equal(200, (await _bob.GetAsync("/chat/group/long/" + query)).Status);
        Assert.Equal((showsReads ? 1 : 2, log + (showsReads ? 1 : 0)), (_proxy.Count(TableRequestKind.PointRead), _proxy.Count(TableRequestKind.Query)));
        Assert.Equal(2 + log, _proxy.Count());

        _proxy.Reset();
        Assert.Equal(200, (await _bob.GetAsync($"/chat/private/{_sara.Username}/{query}")).Status);
        Assert.Equal((showsReads ? 3 : 2, log), (_proxy.Count(TableRequestKind.PointRead), _proxy.Count(TableRequestKind.Query)));
        Assert.Equal((showsReads ? 3 : 2) + log, _proxy.Count());
    }

    [Fact]
    public async Task A_Dashboard_Costs_A_Query_A_Read_Per_Chat_And_Four_For_The_Directory()
    {
        await CreateAsync("one", "public");
        await CreateAsync("two", "private");
        Assert.Equal(201, (await _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = "hi" })).Status);
        Assert.Equal(200, (await _sara.GetAsync("/chat/")).Status); // Settles what is new, once.

        _proxy.Reset();
        ApiAnswer dashboard = await _sara.GetAsync("/chat/");

        Assert.Equal(3, dashboard.Json.GetProperty("groups").GetArrayLength());
        Assert.Equal(1, dashboard.Json.GetProperty("private_chats").GetArrayLength());
        Assert.Equal(1, _proxy.Count(TableRequestKind.Query, "users"));
        Assert.Equal(4, _proxy.Count(TableRequestKind.Query, "directory"));
        Assert.Equal(4, _proxy.Count(TableRequestKind.PointRead, "conversations"));
        Assert.Equal(9, _proxy.Count());
    }

    [Fact]
    public async Task To_Erase_An_Account_Costs_Five_And_Four_Or_Five_For_Each_Conversation()
    {
        await EraseAsync(await _host.SignedInAsync()); // Makes the table of the sweep.
        ChatUser lonely = await _host.SignedInAsync();
        TableRequestKind[] alone = [TableRequestKind.Query, TableRequestKind.Upsert, TableRequestKind.Batch, TableRequestKind.Query, TableRequestKind.Update];
        await ExpectAsync(204, () => EraseAsync(lonely), alone, []);

        await CreateAsync("written", "public");
        Assert.Equal(201, (await _bob.PostAsync("/chat/group/written/", new { message = "hi" })).Status);
        Assert.Equal(201, (await _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = "hi" })).Status);
        TableRequestKind[] group = [TableRequestKind.PointRead, TableRequestKind.PointRead, TableRequestKind.Batch, TableRequestKind.Upsert];
        TableRequestKind[] pair = [TableRequestKind.PointRead, TableRequestKind.Batch, TableRequestKind.Delete, TableRequestKind.Upsert, TableRequestKind.Update];
        await ExpectAsync(204, () => EraseAsync(_bob), [.. alone, .. group, .. pair], [TableRequestKind.Batch, TableRequestKind.Query]);

        static Task<ApiAnswer> EraseAsync(ChatUser user) => user.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = user.Password });
    }

    [Fact]
    public async Task An_Export_Costs_A_Query_And_For_Each_Conversation_Two_Reads_At_Most_And_A_Query()
    {
        await CreateAsync("kept", "public");
        await CreateAsync("left", "public");
        foreach (string slug in new[] { "kept", "left" })
        {
            Assert.Equal(201, (await _bob.PostAsync($"/chat/group/{slug}/", new { message = "hi" })).Status);
        }

        Assert.Equal(204, (await _bob.PostAsync("/chat/group/left/leave/")).Status);
        Assert.Equal(201, (await _bob.PostAsync($"/chat/private/{_sara.Username}/", new { message = "hi" })).Status);
        await ExpectAsync(200, () => _bob.GetAsync("/chat/profile/export/"), [.. Enumerable.Repeat(TableRequestKind.PointRead, 4)], [.. Enumerable.Repeat(TableRequestKind.Query, 4)]);
    }

    [Fact]
    public async Task A_Page_Of_A_Chat_With_An_Erased_Person_Costs_A_Read_And_Two_Queries()
    {
        ChatUser gone = await _host.SignedInAsync();
        Assert.Equal(201, (await gone.PostAsync($"/chat/private/{_sara.Username}/", new { message = "hi" })).Status);
        Assert.Equal(204, (await gone.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = gone.Password })).Status);
        string? name = (await _sara.GetAsync("/chat/")).Json.GetProperty("private_chats")[0].GetProperty("username").GetString();

        await ExpectAsync(200, () => _sara.GetAsync($"/chat/private/{name}/"), [TableRequestKind.PointRead], [TableRequestKind.Query, TableRequestKind.Query]);
    }

    [Fact]
    public async Task A_Sweep_With_Nothing_To_Do_Costs_Three_Queries_Also_While_A_Name_Is_Kept()
    {
        using HttpClient timer = _host.Anonymous();
        ChatUser gone = await _host.SignedInAsync();
        Assert.Equal(204, (await gone.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = gone.Password })).Status);

        await ExpectAsync(200, () => timer.PostJsonAsync("/sweep"), [.. Enumerable.Repeat(TableRequestKind.Query, 3)], []);
    }

    private async Task CreateAsync(string slug, string type)
    {
        ApiAnswer created = await _sara.PostAsync("/chat/create_group/", new { group_name = slug, slug, type });
        Assert.True(created.Status == 201, created.ToString());
    }

    /// <summary>The status, and exactly these operations.</summary>
    private async Task ExpectAsync(int status, Func<Task<ApiAnswer>> action, TableRequestKind[] reads, TableRequestKind[] writes)
    {
        _proxy.Reset();
        ApiAnswer answer = await action();
        Assert.True(answer.Status == status, answer.ToString());
        Assert.Equal([.. reads.Concat(writes).Order()], _proxy.Requests.Select(request => request.Kind).Order().ToArray());
    }
}
