using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Editing, deleting, answering and reacting over HTTP.</summary>
public abstract class RevisionTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task An_Edit_Shows_In_The_Message_And_As_An_Entry()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "سلم", "c").Is(201);

        ApiAnswer edited = await sara.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = " سلام " }).Is(200);

        JsonElement message = edited.Json.HasExactly([.. Expect.GroupMessage, "client_id", "edited_at", "revision"]);
        Assert.Equal((1L, "سلام", 2L), (message.Number("id"), message.Text("message"), message.Number("revision")));
        message.Time("edited_at");
        JsonElement page = (await ali.GetAsync(room.Path + "?after=0").Is(200)).Json;
        Assert.Equal([1L, 2L], page.Ids());
        Assert.Equal(edited.Body, page.List("messages")[0].GetRawText());
        JsonElement entry = page.List("messages")[1].HasExactly([.. Expect.GroupMessage, "event", "target"]);
        Assert.Equal(("edited", 1L, "سلام", sara.Username), (entry.Text("event"), entry.Number("target"), entry.Text("message"), entry.Text("user")));
        Assert.Equal(message.Text("edited_at"), entry.Text("timestamp"));
        Assert.Equal("سلام", ((await sara.SeeAsync(room.Slug))!.Value).GetProperty("last_message").Text("message"));
    }

    [Fact]
    public async Task The_Same_Edit_Again_Changes_Nothing_And_A_Later_One_Takes_The_Text_Of_The_First()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync("private");
        await sara.SayAsync(room, "one").Is(201);
        string path = $"{room.Path}messages/1/";
        ApiAnswer first = await sara.SendAsync(HttpMethod.Patch, path, new { message = "two" }).Is(200);

        ApiAnswer again = await sara.SendAsync(HttpMethod.Patch, path, new { message = "two" }).Is(200);
        await sara.SendAsync(HttpMethod.Patch, path, new { message = "three" }).Is(200);

        Assert.Equal(first.Body, again.Body);
        JsonElement[] entries = (await sara.GetAsync(room.Path).Is(200)).Json.List("messages");
        Assert.Equal(3, entries.Length);
        entries[1].HasExactly("id", "event", "target", "user", "timestamp");
        Assert.Equal("three", entries[2].Text("message"));
    }

    [Fact]
    public async Task A_Deleted_Message_Is_A_Gap()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await ali.SayAsync(room, "بد", "c").Is(201);
        await ali.SendAsync(HttpMethod.Put, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("👍")}/").Is(204);

        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}messages/1").Is(204); // The owner may.
        await ali.SendAsync(HttpMethod.Delete, $"{room.Path}messages/1/").Is(204);

        JsonElement[] entries = (await ali.GetAsync(room.Path).Is(200)).Json.List("messages");
        Assert.Equal(3, entries.Length);
        JsonElement gap = entries[0].HasExactly([.. Expect.GroupMessage, "client_id", "deleted_at", "revision"]);
        Assert.Equal(("", ali.Username, 3L), (gap.Text("message"), gap.Text("user"), gap.Number("revision")));
        JsonElement deleted = entries[2].HasExactly("id", "event", "target", "user", "timestamp");
        Assert.Equal(("deleted", 1L, sara.Username), (deleted.Text("event"), deleted.Number("target"), deleted.Text("user")));
        await ali.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = "back" }).IsProblem(404, "not_found");
        await ali.SendAsync(HttpMethod.Put, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("👍")}/").IsProblem(404, "not_found");

        // Whoever repeats the send gets the gap, not the text.
        ApiAnswer repeated = await ali.SayAsync(room, "بد", "c").Is(200);
        Assert.Equal(gap.GetRawText(), repeated.Body);
        JsonElement summary = (await ali.SeeAsync(room.Slug))!.Value;
        Assert.Equal(gap.Text("deleted_at"), summary.GetProperty("last_message").Text("deleted_at"));
        Assert.Equal(gap.Number("revision"), summary.Number("last_id")); // The last message's own id is lower: a change stands behind it.
    }

    [Fact]
    public async Task Reactions_Are_Counted_And_Ones_Own_Are_Marked()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await ali.SayAsync(room, "hi").Is(201);
        string thumb = $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("👍🏽")}/";
        string heart = $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("❤️")}/";

        await sara.SendAsync(HttpMethod.Put, thumb).Is(204);
        await sara.SendAsync(HttpMethod.Put, thumb).Is(204);
        await ali.SendAsync(HttpMethod.Put, thumb).Is(204);
        await ali.SendAsync(HttpMethod.Put, heart).Is(204);
        JsonElement message = (await ali.GetAsync(room.Path).Is(200)).Json.List("messages")[0];
        Assert.Equal([("👍🏽", 2L), ("❤️", 1L)], message.List("reactions").Select(r => (r.HasExactly("emoji", "count", "mine").Text("emoji")!, r.Number("count"))));
        await ali.SendAsync(HttpMethod.Delete, thumb).Is(204);
        await ali.SendAsync(HttpMethod.Delete, thumb).Is(204);
        await ali.SendAsync(HttpMethod.Delete, heart).Is(204);

        JsonElement[] entries = (await ali.GetAsync(room.Path).Is(200)).Json.List("messages");
        Assert.Equal([("👍🏽", 1L)], entries[0].List("reactions").Select(r => (r.HasExactly("emoji", "count").Text("emoji")!, r.Number("count"))));
        Assert.Equal([1, 2, 1, 1, 0], entries[1..].Select(entry => (int)entry.Number("count")));
        Assert.Equal([false, false, false, true, true], entries[1..].Select(entry => entry.TryGetProperty("removed", out _)));
        entries[1].HasExactly("id", "event", "target", "emoji", "count", "user", "timestamp");
        Assert.Equal(entries[^1].Number("id"), entries[0].Number("revision"));
    }

    [Fact]
    public async Task An_Emoji_Is_Spelled_As_Whoever_Put_It_First_Did()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await ali.SayAsync(room, "hi").Is(201);
        const string Long = "\u2764\uFE0F";

        foreach ((ChatUser user, HttpMethod method, string emoji) in new[]
        {
            (sara, HttpMethod.Put, Long), (ali, HttpMethod.Put, "\u2764"), (sara, HttpMethod.Delete, "\u2764"), (ali, HttpMethod.Delete, "\u2764"), (ali, HttpMethod.Put, "\u2764"),
        })
        {
            await user.SendAsync(method, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString(emoji)}/").Is(204);
        }

        JsonElement[] entries = (await ali.GetAsync(room.Path).Is(200)).Json.List("messages");
        Assert.Equal([Long, Long, Long, Long, "\u2764"], entries[1..].Select(entry => entry.Text("emoji")));
        Assert.Equal([1L, 2, 1, 0, 1], entries[1..].Select(entry => entry.Number("count")));
        Assert.Equal("\u2764", Assert.Single(entries[0].List("reactions")).Text("emoji"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("👍👍")]
    [InlineData("%00")]
    [InlineData("1")]
    public async Task What_Is_No_Emoji_Is_Refused(string emoji)
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        await sara.SendAsync(HttpMethod.Put, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString(emoji)}/").IsProblem(400, "invalid_request", "emoji");
    }

    [Fact]
    public async Task A_Reply_Names_The_Message_That_It_Answers()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        foreach (string path in new[] { room.Path, $"/chat/private/{ali.Username}/" })
        {
            await sara.PostAsync(path, new { message = "x", reply_to = 1 }).IsProblem(400, "invalid_request", "reply_to"); // An empty log.
            await sara.PostAsync(path, new { message = "question" }).Is(201);
            ApiAnswer reply = await sara.PostAsync(path, new { message = "answer", reply_to = 1, client_id = "r" }).Is(201);
            Assert.Equal(1, reply.Json.Number("reply_to"));
            Assert.Equal(reply.Body, (await sara.PostAsync(path, new { message = "answer", reply_to = 1, client_id = "r" }).Is(200)).Body);
            Assert.Equal(reply.Body, (await sara.GetAsync(path).Is(200)).Json.List("messages")[1].GetRawText());
            foreach (object wrong in new object[] { 3, 0, -1, long.MaxValue, "x" })
            {
                await sara.PostAsync(path, new { message = "x", reply_to = wrong }).IsProblem(400, "invalid_request", "reply_to");
            }

            ApiAnswer form = await sara.Client.PostFormAsync(path, ("message", "by form"), ("reply_to", "2")).Is(201);
            Assert.Equal(2, form.Json.Number("reply_to"));
        }
    }

    [Fact]
    public async Task A_Private_Chats_Messages_Are_Changed_By_Their_Writers()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync(Rooms.NewName("علی")));
        string hers = $"/chat/chat/private/{ali.Username}/";
        string his = $"/chat/private/{sara.Username}/";
        await sara.PostAsync(hers, new { message = "one" }).Is(201);

        await ali.SendAsync(HttpMethod.Patch, his + "messages/1/", new { message = "mine" }).IsProblem(403, "forbidden");
        await ali.SendAsync(HttpMethod.Delete, his + "messages/1/").IsProblem(403, "forbidden");
        ApiAnswer edited = await sara.SendAsync(HttpMethod.Patch, hers + "messages/1", new { message = "two" }).Is(200);
        await ali.SendAsync(HttpMethod.Put, $"{his}messages/1/reactions/{Uri.EscapeDataString("🌹")}/").Is(204);
        await sara.SendAsync(HttpMethod.Delete, hers + "messages/1/").Is(204);

        edited.Json.HasExactly([.. Expect.PrivateMessage, "edited_at", "revision"]);
        JsonElement[] entries = (await ali.GetAsync(his).Is(200)).Json.List("messages");
        Assert.Equal(["edited", "reaction", "deleted"], entries[1..].Select(entry => entry.Text("event")));
        Assert.Equal((ali.Username, sara.Username), (entries[2].Text("sender"), entries[2].Text("recipient")));
        entries[0].HasExactly([.. Expect.PrivateMessage, "deleted_at", "revision"]);
        await ali.SendAsync(HttpMethod.Patch, $"/chat/private/{Rooms.NewName()}/messages/1/", new { message = "x" }).IsProblem(404, "not_found");
        await ali.SendAsync(HttpMethod.Delete, $"/chat/private/{ali.Username}/messages/1/").IsProblem(404, "not_found"); // No such conversation.
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99")]
    [InlineData("x")]
    [InlineData("1.0")]
    [InlineData("99999999999999999999")]
    [InlineData("۱")]
    public async Task What_Is_No_Messages_Id_Is_Not_Found(string id)
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        string path = $"{room.Path}messages/{Uri.EscapeDataString(id)}/";

        await sara.SendAsync(HttpMethod.Patch, path, new { message = "x" }).IsProblem(404, "not_found");
        await sara.SendAsync(HttpMethod.Delete, path).IsProblem(404, "not_found");
        await sara.SendAsync(HttpMethod.Put, $"{path}reactions/{Uri.EscapeDataString("👍")}/").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_Text_That_Could_Not_Be_Sent_Can_Not_Be_Edited_In()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        foreach (string? wrong in new[] { null, "", " \n", new string('x', 16_001), "a\0b" })
        {
            await sara.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = wrong }).IsProblem(400, "invalid_request", "message");
        }

        Assert.Equal(1, (await sara.GetAsync(room.Path).Is(200)).Json.Number("last_id"));
    }

    [Fact]
    public async Task Who_Was_Removed_Changes_Nothing_Any_More()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await room.AddAsync(ali);
        await ali.SayAsync(room, "mine").Is(201);
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{ali.Username}/").Is(204);

        await ali.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = "x" }).IsProblem(404, "not_found");
        await ali.SendAsync(HttpMethod.Delete, $"{room.Path}messages/1/").IsProblem(404, "not_found");
        Assert.Equal(1, (await sara.GetAsync(room.Path).Is(200)).Json.Number("last_id"));
    }
}
