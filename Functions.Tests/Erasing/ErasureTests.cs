using System.Text.Json;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Erasing;

/// <summary><c>DELETE /chat/profile/</c>: what is gone at once, and what others see from then on.</summary>
public abstract class ErasureTests(IContractHost contract)
{
    private const string Wrong = "Tr4velling-lump";

    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task An_Account_Is_Gone_At_Once_With_All_Its_Sessions()
    {
        ChatUser sara = await _host.SignedInAsync(Rooms.NewName("سارا").Replace('-', '_'));
        ChatUser other = await _host.LogInAsync(sara.Username, sara.Password);
        ChatUser bob = await _host.SignedInAsync();

        ApiAnswer answer = await sara.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = sara.Password }).Is(204);

        Assert.StartsWith("chat_session=;", answer.SetCookie("chat_session"), StringComparison.Ordinal);
        Assert.StartsWith("chat_refresh=;", answer.SetCookie("chat_refresh"), StringComparison.Ordinal);
        (await _host.LoginAsync(sara.Username, sara.Password)).IsProblem(401, "invalid_credentials");
        (await _host.RegisterAsync(sara.Username)).IsProblem(409, "username_taken");
        await bob.GetAsync($"/chat/profile/{sara.Username}/").IsProblem(404, "not_found");
        await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = Texts.Persian }).IsProblem(404, "not_found");
        foreach (ChatUser session in new[] { sara, other })
        {
            (await _host.RefreshAsync(session.RefreshToken)).IsProblem(401, "invalid_refresh_token");
            foreach (string path in new[] { "/chat/profile/", "/chat/", "/chat/profile/export/" })
            {
                await session.GetAsync(path).IsProblem(401, "not_signed_in");
            }

            await session.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = sara.Password }).IsProblem(401, "not_signed_in");
        }
    }

    [Fact]
    public async Task A_Wrong_Password_Erases_Nothing_And_Counts_As_A_Failed_Login()
    {
        ChatUser sara = await _host.SignedInAsync();
        await sara.SendAsync(HttpMethod.Delete, "/chat/profile/").IsProblem(400, "invalid_request", "password");
        await sara.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = "" }).IsProblem(400, "invalid_request", "password");
        await sara.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = new string('x', 5000) }).IsProblem(400, "invalid_request", "password");
        for (int i = 0; i < 5; i++)
        {
            await sara.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = Wrong + i }).IsProblem(400, "invalid_request", "password");
        }

        ApiAnswer waiting = await sara.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = sara.Password });

        waiting.IsProblem(429, "too_many_requests");
        Assert.Equal("30", waiting.Header("Retry-After"));
        await sara.GetAsync("/chat/profile/").Is(200);
        Assert.Equal(200, (await _host.RefreshAsync(sara.RefreshToken)).Status);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task Messages_In_A_Group_Stay_Under_Deleted_User(string type)
    {
        (ChatUser sara, ChatUser bob, ChatUser mina) = await ThreeAsync();
        Room room = await bob.OpenAsync(type);
        await room.AddAsync(sara);
        await room.AddAsync(mina);
        await bob.SayAsync(room, "hello").Is(201);
        await sara.SayAsync(room, Texts.WithJoiner).Is(201);
        await mina.SayAsync(room, Texts.Persian).Is(201);
        await sara.SayAsync(room, "the last word", "c").Is(201);

        await sara.EraseAsync();

        string seen = await bob.EverythingSeenAsync(room.Path, room.Path + "?before=3", room.Path + "?after=1&limit=1", room.Path + "members/");
        Assert.DoesNotContain(sara.Username, seen, StringComparison.OrdinalIgnoreCase);
        JsonElement page = (await mina.GetAsync(room.Path)).Json;
        Assert.Equal([bob.Username, "deleted user", mina.Username, "deleted user"], page.Writers());
        Assert.Equal([1L, 2L, 3L, 4L], page.Ids());
        Assert.Equal(["hello", Texts.WithJoiner, Texts.Persian, "the last word"], page.List("messages").Select(m => m.Text("message")));
        JsonElement last = (await mina.SeeAsync(room.Slug))!.Value.GetProperty("last_message");
        Assert.Equal(("deleted user", "the last word"), (last.Text("user"), last.Text("message")));
        Assert.Equal(new HashSet<string> { bob.Username, mina.Username }, [.. (await bob.MembersAsync(room)).Keys]);
        await bob.SayAsync(room, "life goes on").Is(201);
        await sara.SayAsync(room, "still?").Is(type is "public" ? 401 : 404);
        await bob.SendAsync(HttpMethod.Put, $"{room.Path}members/{sara.Username}/").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_Private_Chat_Stays_With_The_Other_And_Is_Read_By_Another_Name()
    {
        (ChatUser sara, ChatUser bob, ChatUser mina) = await ThreeAsync();
        await sara.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = "سارا جان" }).Is(200);
        await bob.PostAsync($"/chat/private/{sara.Username}/", new { message = "psst" }).Is(201);
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = Texts.WithJoiner }).Is(201);
        string idPrefix = new JwtSubject(sara.Token).Value[..12];

        await sara.EraseAsync();

        JsonElement chat = (await bob.SeeChatAsync()).HasExactly("username", "display_name", "last_message", "unread", "last_id");
        Assert.Equal(($"deleted-{idPrefix}", "deleted user", 2), (chat.Text("username"), chat.Text("display_name"), chat.Number("unread")));
        string path = $"/chat/private/{chat.Text("username")}/";
        JsonElement page = (await bob.GetAsync(path).Is(200)).Json;
        Assert.Equal(($"deleted-{idPrefix}", "deleted user"), (page.GetProperty("with").Text("username"), page.GetProperty("with").Text("display_name")));
        Assert.Equal([(bob.Username, bob.Username, chat.Text("username")), ("deleted user", "deleted user", bob.Username)],
            page.List("messages").Select(m => (m.Text("user"), m.Text("sender"), m.Text("recipient"))));
        Assert.Equal(page.List("messages")[1].GetRawText(), chat.GetProperty("last_message").GetRawText());
        Assert.Equal(page.GetRawText(), (await bob.GetAsync($"/chat/chat/private/DELETED-{idPrefix}/").Is(200)).Body);
        string seen = await bob.EverythingSeenAsync(path, path + "?after=0", path + "?before=2");
        Assert.DoesNotContain(sara.Username, seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("سارا جان", seen, StringComparison.Ordinal);

        await bob.PostAsync(path + "read/", new { id = 2 }).Is(204);
        Assert.Equal(0, (await bob.SeeChatAsync()).Number("unread"));
        await bob.PostAsync(path, new { message = "are you there?" }).IsProblem(404, "not_found");
        await mina.GetAsync(path).IsProblem(404, "not_found");
        await bob.GetAsync($"/chat/private/{sara.Username}/").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Nobody_Is_Found_By_The_Digits_Of_Their_Id_As_Long_As_They_Are_There()
    {
        (ChatUser sara, ChatUser bob, _) = await ThreeAsync();
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "hi" }).Is(201);
        string name = "deleted-" + new JwtSubject(sara.Token).Value[..12];

        foreach (string wrong in new[] { name, name[..^1], name + "0", "deleted-", "deleted-0123456789zz" })
        {
            await bob.GetAsync($"/chat/private/{wrong}/").IsProblem(404, "not_found");
            await bob.PostAsync($"/chat/private/{wrong}/read/", new { id = 1 }).IsProblem(404, "not_found");
            await bob.PostAsync($"/chat/private/{wrong}/", new { message = "hi" }).IsProblem(404, "not_found");
        }
    }

    [Fact]
    public async Task The_Erased_Can_Not_Write_Or_Read_Where_They_Could()
    {
        (ChatUser sara, ChatUser bob, ChatUser mina) = await ThreeAsync();
        Room room = await bob.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        string pair = $"/chat/private/{bob.Username}/";
        await sara.PostAsync(pair, new { message = "hi" }).Is(201);

        await sara.EraseAsync();

        await sara.SayAsync(room, "still?").IsProblem(401, "not_signed_in");
        await sara.PostAsync(pair, new { message = "still?" }).IsProblem(401, "not_signed_in");
        await sara.GetAsync(pair).IsProblem(401, "not_signed_in");
        await sara.PostAsync(pair + "read/", new { id = 1 }).IsProblem(401, "not_signed_in");
        await sara.PostAsync($"/chat/private/{mina.Username}/", new { message = "still?" }).IsProblem(401, "not_signed_in");
        await sara.PostAsync("/chat/create_group/", new { group_name = "g", slug = Rooms.NewName(), type = "public" }).IsProblem(401, "not_signed_in");
        Assert.Equal(1, (await bob.GetAsync(room.Path)).Json.Number("last_id"));
        Assert.Equal(1, (await bob.SeeChatAsync()).Number("unread"));
        Assert.Empty((await mina.GetAsync("/chat/")).Json.List("private_chats"));
    }

    [Theory]
    [InlineData("deleted-")]
    [InlineData("deleted-0123456789ab")]
    [InlineData("Deleted-Ali")]
    [InlineData("DELETED-۱۲")]
    [InlineData("export")]
    [InlineData("Export")]
    public async Task Some_Names_Can_Not_Be_Registered(string name) => (await _host.RegisterAsync(name)).IsProblem(400, "invalid_request", "username");

    [Fact]
    public async Task A_Form_Erases_As_Json_Does()
    {
        ChatUser sara = await _host.SignedInAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("password", sara.Password)]);

        await sara.Client.SendContentAsync(HttpMethod.Delete, "/chat/profile", form).Is(204);

        await sara.GetAsync("/chat/profile/").IsProblem(401, "not_signed_in");
    }

    private async Task<(ChatUser Sara, ChatUser Bob, ChatUser Mina)> ThreeAsync() =>
        (await _host.SignedInAsync(Rooms.NewName("سارا")), await _host.SignedInAsync(), await _host.SignedInAsync());
}
