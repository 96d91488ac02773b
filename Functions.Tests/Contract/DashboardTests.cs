using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Address 2, and the read positions that it counts from.</summary>
public abstract class DashboardTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task A_New_Users_Dashboard_Has_Everything_But_Chats()
    {
        ChatUser sara = await _host.SignedInAsync(Rooms.NewName("\u0633\u0627\u0631\u0627"));

        JsonElement dashboard = (await sara.GetAsync("/chat").Is(200)).Json.HasExactly("user", "groups", "private_chats", "public_groups");

        JsonElement user = dashboard.GetProperty("user").HasExactly(Expect.Profile);
        Assert.Equal((await sara.GetAsync("/chat/profile/")).Body, user.GetRawText());
        Assert.Empty(dashboard.List("groups"));
        Assert.Empty(dashboard.List("private_chats"));
    }

    [Fact]
    public async Task Unread_Is_What_Came_After_The_Read_Position()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(ali);
        for (int i = 1; i <= 3; i++)
        {
            await sara.SayAsync(room, "m" + i).Is(201);
            await sara.PostAsync($"/chat/private/{ali.Username}/", new { message = "p" + i }).Is(201);
        }

        await AssertUnreadAsync(ali, room, sara, 3);
        await ali.PostAsync(room.Path + "read/", new { id = 2 }).Is(204);
        await ali.Client.PostFormAsync($"/chat/chat/private/{sara.Username}/read", ("id", "2")).Is(204);
        await AssertUnreadAsync(ali, room, sara, 1);
        await ali.PostAsync(room.Path + "read", new { id = 1 }).Is(204);
        await ali.PostAsync($"/chat/private/{sara.Username}/read/", new { id = 1 }).Is(204);
        await AssertUnreadAsync(ali, room, sara, 1);
        await ali.PostAsync(room.Path + "read/", new { id = 4 }).IsProblem(400, "invalid_request", "id");
        await ali.PostAsync(room.Path + "read/", new { id = 0 }).IsProblem(400, "invalid_request", "id");
        await ali.PostAsync(room.Path + "read/").IsProblem(400, "invalid_request", "id");
        await ali.PostAsync($"/chat/private/{sara.Username}/read/", new { id = 4 }).IsProblem(400, "invalid_request", "id");
    }

    [Fact]
    public async Task A_Summary_Holds_The_Last_Message()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        JsonElement empty = (await sara.SeeAsync(room.Slug))!.Value.HasExactly(Expect.GroupSummary);
        Assert.Equal((JsonValueKind.Null, 0), (empty.GetProperty("last_message").ValueKind, empty.Number("unread")));

        ApiAnswer inGroup = await ali.SayAsync(room, Texts.Bidirectional).Is(201);
        ApiAnswer inPrivate = await ali.PostAsync("/chat/private/" + sara.Username, new { message = Texts.WithJoiner }).Is(201);

        JsonElement group = (await sara.SeeAsync(room.Slug))!.Value;
        Assert.Equal(inGroup.Body, group.GetProperty("last_message").HasExactly(Expect.GroupMessage).GetRawText());
        Assert.Equal((1, "owner", sara.Username), (group.Number("unread"), group.Text("role"), group.Text("owner")));
        JsonElement chat = Assert.Single((await sara.GetAsync("/chat/")).Json.List("private_chats"));
        chat.HasExactly("username", "display_name", "last_message", "unread", "last_id");
        Assert.Equal(inPrivate.Body, chat.GetProperty("last_message").HasExactly(Expect.PrivateMessage).GetRawText());
        Assert.Equal((ali.Username, 1), (chat.Text("username"), chat.Number("unread")));
    }

    [Fact]
    public async Task The_Newest_Conversation_Comes_First()
    {
        ChatUser sara = await _host.SignedInAsync();
        ChatUser[] others = [await _host.SignedInAsync(), await _host.SignedInAsync(), await _host.SignedInAsync()];
        Room[] rooms = [await sara.OpenAsync(), await sara.OpenAsync("private"), await sara.OpenAsync()];
        foreach (int i in new[] { 1, 0, 2 })
        {
            await sara.SayAsync(rooms[i], "hi").Is(201);
            await sara.PostAsync("/chat/private/" + others[i].Username, new { message = "hi" }).Is(201);
        }

        JsonElement dashboard = (await sara.GetAsync("/chat/").Is(200)).Json;

        Assert.Equal([rooms[2].Slug, rooms[0].Slug, rooms[1].Slug], dashboard.List("groups").Select(g => g.Text("slug")!));
        Assert.Equal([others[2].Username, others[0].Username, others[1].Username], dashboard.List("private_chats").Select(c => c.Text("username")!));
    }

    [Fact]
    public async Task Public_Groups_Are_Everyones_With_Ones_Own_Role()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (Room open, Room hidden) = (await sara.OpenAsync(), await sara.OpenAsync("private"));

        JsonElement asStranger = (await ali.SeeAsync(open.Slug, "public_groups"))!.Value.HasExactly(Expect.Group);

        Assert.Equal(JsonValueKind.Null, asStranger.GetProperty("role").ValueKind);
        Assert.Equal("owner", (await sara.SeeAsync(open.Slug, "public_groups"))!.Value.Text("role"));
        Assert.Null(await sara.SeeAsync(hidden.Slug, "public_groups"));
        Assert.Null(await ali.SeeAsync(open.Slug));
        await ali.SayAsync(open, "hi").Is(201);
        Assert.Equal("member", (await ali.SeeAsync(open.Slug, "public_groups"))!.Value.Text("role"));
        Assert.Equal("member", (await ali.SeeAsync(open.Slug))!.Value.Text("role"));
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 302)]
    [InlineData("application/json", 401)]
    [InlineData("*/*", 401)]
    [InlineData("application/json,text/html;q=0.5", 401)]
    public async Task A_Browser_Is_Sent_To_The_Web_Client(string accept, int status)
    {
        using HttpClient client = _host.Anonymous();
        client.DefaultRequestHeaders.Add("Accept", accept);

        ApiAnswer answer = await client.GetJsonAsync("/chat/").Is(status);

        Assert.Equal(status == 302 ? "/" : null, answer.Header("Location"));
    }

    private static async Task AssertUnreadAsync(ChatUser user, Room room, ChatUser other, int unread)
    {
        Assert.Equal(unread, (await user.SeeAsync(room.Slug))!.Value.Number("unread"));
        JsonElement chat = (await user.GetAsync("/chat/")).Json.List("private_chats").Single(c => string.Equals(c.Text("username"), other.Username, StringComparison.Ordinal));
        Assert.Equal(unread, chat.Number("unread"));
    }
}
