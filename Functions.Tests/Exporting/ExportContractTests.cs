using System.Text.Json;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Exporting;

/// <summary><c>GET /chat/profile/export/</c>: everything of one's own and nothing of others.</summary>
public abstract class ExportContractTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

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
    public async Task Messages_Are_In_Their_Newest_State_And_Changes_Are_Events()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await sara.SayAsync(room, "frist").Is(201);
        await bob.SayAsync(room, "second").Is(201);
        await sara.SendAsync(HttpMethod.Patch, room.Path + "messages/1/", new { message = Texts.WithJoiner }).Is(200);
        await sara.SendAsync(HttpMethod.Put, room.Path + "messages/2/reactions/🌹/").Is(204);
        await sara.PostAsync(room.Path, new { message = "an answer", reply_to = 2 }).Is(201);
        await sara.SendAsync(HttpMethod.Delete, room.Path + "messages/5/").Is(204);

        ExportedLines export = await sara.ExportAsync();

        Assert.Equal([(1L, Texts.WithJoiner), (5L, "")], export.Of("message").Select(line => (line.Number("id"), line.Text("message")!)));
        Assert.All(export.Of("message").Concat(export.Of("event")), line => Assert.Equal(room.Slug, line.Text("group")));
        Assert.Equal(
            [(3L, "edited", 1L), (4L, "reaction", 2L), (6L, "deleted", 5L)],
            export.Of("event").Select(line => (line.Number("id"), line.Text("event")!, line.Number("target"))));
        Assert.DoesNotContain("frist", export.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("second", export.ToString(), StringComparison.Ordinal);
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
}
