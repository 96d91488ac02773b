using System.Text;
using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Addresses 3 and 8: sending.</summary>
public abstract class MessageTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Theory]
    [MemberData(nameof(Texts.Messages), MemberType = typeof(Texts))]
    public async Task A_Message_Is_Kept_As_Typed(string text)
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();

        foreach (string path in new[] { room.Path, $"/chat/chat/private/{ali.Username}/" })
        {
            using var body = new StringContent(Texts.JsonOf(text), Encoding.UTF8, "application/json");
            ApiAnswer sent = await sara.Client.SendContentAsync(HttpMethod.Post, path, body).Is(201);
            Assert.Equal(text, sent.Json.Text("message"));
            ApiAnswer page = await sara.GetAsync(path).Is(200);
            Assert.Equal(sent.Body, Assert.Single(page.Json.List("messages")).GetRawText());
        }
    }

    [Fact]
    public async Task A_Group_Message_Has_Its_Fields_And_No_Other()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();

        ApiAnswer sent = await sara.PostAsync(
            room.Path, new { message = " hi ", user = "somebody", sender = "somebody", timestamp = "2001-01-01T00:00:00.000Z", id = 99 }).Is(201);

        sent.Json.HasExactly(Expect.GroupMessage).Time("timestamp");
        Assert.Equal((1, "hi", sara.Username), (sent.Json.Number("id"), sent.Json.Text("message"), sent.Json.Text("user")));
        ApiAnswer marked = await sara.SayAsync(room, "again", "c-1").Is(201);
        Assert.Equal("c-1", marked.Json.HasExactly([.. Expect.GroupMessage, "client_id"]).Text("client_id"));
    }

    [Fact]
    public async Task A_Private_Message_Names_Both()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync(Rooms.NewName("\u0639\u0644\u06CC")));

        ApiAnswer sent = await sara.PostAsync($"/chat/private/{ali.Username}/", new { message = "hi", client_id = "c" }).Is(201);
        ApiAnswer answer = await ali.PostAsync($"/chat/chat/private/{sara.Username}", new { message = "hello" }).Is(201);

        JsonElement first = sent.Json.HasExactly([.. Expect.PrivateMessage, "client_id"]);
        Assert.Equal((sara.Username, sara.Username, ali.Username), (first.Text("user"), first.Text("sender"), first.Text("recipient")));
        JsonElement second = answer.Json.HasExactly(Expect.PrivateMessage);
        Assert.Equal((ali.Username, ali.Username, sara.Username), (second.Text("user"), second.Text("sender"), second.Text("recipient")));
        Assert.Equal(2, second.Number("id"));
        ApiAnswer page = await ali.GetAsync($"/chat/private/{sara.Username}").Is(200);
        Assert.Equal([sent.Body, answer.Body], page.Json.List("messages").Select(m => m.GetRawText()));
        page.Json.HasExactly("with", "messages", "before", "last_id", "reads").GetProperty("with").HasExactly("username", "display_name");
    }

    [Fact]
    public async Task A_Repeated_Client_Id_Answers_The_First_Message()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();

        foreach (string path in new[] { room.Path, $"/chat/chat/private/{ali.Username}/" })
        {
            ApiAnswer first = await sara.PostAsync(path, new { message = "one", client_id = Texts.WithJoiner }).Is(201);
            ApiAnswer json = await sara.PostAsync(path, new { message = "another", client_id = Texts.WithJoiner }).Is(200);
            ApiAnswer form = await sara.Client.PostFormAsync(path, ("message", "one"), ("client_id", Texts.WithJoiner)).Is(200);
            Assert.Equal([first.Body, first.Body], [json.Body, form.Body]);
            ApiAnswer other = await sara.PostAsync(path, new { message = "one", client_id = "other" }).Is(201);
            Assert.Equal(2, other.Json.Number("id"));
        }

        // Another's client_id, and another conversation's, are other messages.
        Assert.Equal(3, (await ali.SayAsync(room, "mine", Texts.WithJoiner).Is(201)).Json.Number("id"));
        await sara.PostAsync("/chat/private/" + sara.Username, new { message = "note to self", client_id = Texts.WithJoiner }).Is(201);
    }

    [Fact]
    public async Task A_Plain_Html_Form_Sends_Too()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();

        ApiAnswer group = await sara.Client.PostFormAsync(room.Path, ("message", Texts.Bidirectional + " a+b=c&d")).Is(201);
        ApiAnswer pair = await sara.Client.PostFormAsync("/chat/chat/private/" + ali.Username, ("message", "\u06CC a+b")).Is(201);

        Assert.Equal(Texts.Bidirectional + " a+b=c&d", group.Json.Text("message"));
        Assert.Equal("\u06CC a+b", pair.Json.Text("message"));
    }

    [Fact]
    public async Task What_Is_No_Message_Is_Refused()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();

        foreach (string path in new[] { room.Path, $"/chat/chat/private/{sara.Username}/" })
        {
            await sara.PostAsync(path).IsProblem(400, "invalid_request", "message");
            await sara.PostAsync(path, new { message = " \n\u00A0" }).IsProblem(400, "invalid_request", "message");
            await sara.PostAsync(path, new { message = new string('x', 16_001) }).IsProblem(400, "invalid_request", "message");
            await sara.PostAsync(path, new { message = "a\0b" }).IsProblem(400, "invalid_request", "message");
            await sara.PostAsync(path, new { message = 5 }).IsProblem(400, "invalid_request", "message");
            await sara.PostAsync(path, new { message = "x", client_id = "" }).IsProblem(400, "invalid_request", "client_id");
            await sara.PostAsync(path, new { message = "x", client_id = new string('c', 65) }).IsProblem(400, "invalid_request", "client_id");
            Assert.Equal(0, (await sara.GetAsync(path).Is(200)).Json.Number("last_id"));
        }
    }

    [Fact]
    public async Task Somebody_Who_Does_Not_Exist_Has_No_Conversation()
    {
        ChatUser sara = await _host.SignedInAsync();

        await sara.GetAsync("/chat/chat/private/" + Rooms.NewName()).IsProblem(404, "not_found");
        await sara.PostAsync($"/chat/chat/private/{Rooms.NewName()}/", new { message = "hi" }).IsProblem(404, "not_found");
        await sara.GetAsync($"/chat/group/{Rooms.NewName()}/").IsProblem(404, "not_found");
        await sara.PostAsync($"/chat/group/{Rooms.NewName()}/", new { message = "hi" }).IsProblem(404, "not_found");
    }
}
