using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Address 1, and the names of groups.</summary>
public abstract class CreateGroupTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task A_New_Group_Answers_201_With_The_Group(string type)
    {
        ChatUser sara = await _host.SignedInAsync();
        string slug = Rooms.NewName();

        ApiAnswer made = await sara.PostAsync("/chat/create_group/", new { group_name = "  Book club  ", slug, type, colour = "ignored" }).Is(201);

        JsonElement group = made.Json.HasExactly(Expect.Group);
        Assert.Equal("Book club", group.Text("group_name"));
        Assert.Equal(slug, group.Text("slug"));
        Assert.Equal(type, group.Text("type"));
        Assert.Equal(sara.Username, group.Text("owner"));
        Assert.Equal("owner", group.Text("role"));
        group.Time("created_at");
        Assert.Equal(made.Body, (await sara.GetAsync($"/chat/group/{slug}/").Is(200)).Json.GetProperty("group").GetRawText());
    }

    [Fact]
    public async Task A_Plain_Html_Form_Makes_A_Group_Too()
    {
        ChatUser sara = await _host.SignedInAsync();
        string slug = Rooms.NewName("\u06AF\u0631\u0648\u0647");

        ApiAnswer made = await sara.Client.PostFormAsync("/chat/create_group", ("group_name", Texts.WithJoiner), ("slug", slug), ("type", "public")).Is(201);

        Assert.Equal(Texts.WithJoiner, made.Json.Text("group_name"));
        Assert.Equal(slug, made.Json.Text("slug"));
    }

    [Theory]
    [InlineData("\u06AF\u0631\u0648\u0647\u200C\u0645\u0627-X7", "\u06AF\u0631\u0648\u0647\u0645\u0627-x7")] // zero-width non-joiner, case
    [InlineData("room\u06F1\u06F2-q", "room12-q")] // Persian digits
    [InlineData("room\u0663\u0664-q", "ROOM34-Q")] // Arabic digits
    [InlineData("\u0639\u0644\u064A-k", "\u0639\u0644\u06CC-k")] // Arabic yeh
    [InlineData("\u0643\u0648\u0647-k", "\u06A9\u0648\u0647-k")] // Arabic kaf
    public async Task Two_Spellings_Of_A_Slug_Are_One_Group(string typed, string other)
    {
        ChatUser sara = await _host.SignedInAsync();
        await sara.OpenAsync(slug: typed);

        await sara.PostAsync("/chat/create_group/", new { group_name = "Other", slug = other, type = "private" }).IsProblem(409, "slug_taken");
        ApiAnswer page = await sara.GetAsync($"/chat/group/{other}/").Is(200);
        ApiAnswer message = await sara.PostAsync($"/chat/group/{Uri.EscapeDataString(other)}/", new { message = "hi" }).Is(201);

        Assert.Equal(typed, page.Json.GetProperty("group").Text("slug"));
        Assert.Equal(1, message.Json.Number("id"));
        await sara.SendAsync(HttpMethod.Delete, $"/chat/delete_group/{other}/").Is(204);
        await sara.GetAsync($"/chat/group/{typed}/").IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Each_Field_That_Is_Wrong_Is_Named()
    {
        ChatUser sara = await _host.SignedInAsync();

        await sara.PostAsync("/chat/create_group/").IsProblem(400, "invalid_request", "group_name", "slug", "type");
        await sara.PostAsync("/chat/create_group/", new { group_name = " ", slug = "no spaces", type = "secret" })
            .IsProblem(400, "invalid_request", "group_name", "slug", "type");
        await sara.PostAsync("/chat/create_group/", new { group_name = "ok", slug = new string('a', 65), type = "public" })
            .IsProblem(400, "invalid_request", "slug");
        await sara.PostAsync("/chat/create_group/", new { group_name = 5, slug = "ok", type = "public" }).IsProblem(400, "invalid_request", "group_name");
        await sara.PostAsync("/chat/create_group/", new { group_name = "ok", slug = "\uFEDF\uFEF3", type = "public" })
            .IsProblem(400, "invalid_request", "slug");
        await sara.PostAsync("/chat/create_group/", new { group_name = "ok", slug = "-\u200Cx", type = "public" })
            .IsProblem(400, "invalid_request", "slug");
    }

    [Fact]
    public async Task The_Longest_Slug_Can_Be_Made_And_Opened()
    {
        ChatUser sara = await _host.SignedInAsync();
        string slug = Rooms.NewName() + new string('\u06CC', 50);

        Room room = await sara.OpenAsync(slug: slug);

        Assert.Equal(64, slug.Length);
        await sara.GetAsync(room.Path).Is(200);
    }
}
