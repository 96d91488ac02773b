using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Finding public groups.</summary>
public abstract class DirectoryTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task Groups_Are_Found_By_The_Beginning_Of_Their_Name_And_Then_Of_Their_Slug()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        string word = Rooms.NewName("Kebab");
        Room named = await OpenAsync(sara, $"{word} lovers", Rooms.NewName());
        Room slugged = await OpenAsync(sara, "Another", word);
        await OpenAsync(sara, $"{word} secret", Rooms.NewName(), "private");
        await OpenAsync(sara, $"No {word}", Rooms.NewName());
        await ali.PostAsync($"{named.Path}join/").Is(204);

        JsonElement page = (await ali.GetAsync($"/chat/groups/?q={word.ToUpperInvariant()}").Is(200)).Json.HasExactly("groups", "after");

        Assert.Equal([(named.Slug, "member"), (slugged.Slug, null)], page.List("groups").Select(g => (g.HasExactly(Expect.Group).Text("slug")!, g.Text("role"))));
        Assert.Null(page.Text("after"));
        Assert.Empty((await ali.GetAsync($"/chat/groups/?q={word}-none").Is(200)).Json.List("groups"));
    }

    [Theory]
    [InlineData("علي", "علی")]
    [InlineData("كتاب‌ها", "کتابها")]
    [InlineData("گروه ۱۲", "گروه 12")]
    [InlineData("😀 \"quoted\" & 'more'", "😀 \"quoted")]
    public async Task However_They_Are_Typed(string name, string typed)
    {
        ChatUser sara = await _host.SignedInAsync();
        string suffix = Rooms.NewName("x");
        Room room = await OpenAsync(sara, $"{suffix} {name}", Rooms.NewName());
        ApiAnswer page = await sara.GetAsync("/chat/groups/?q=" + Uri.EscapeDataString($"  {suffix} {typed} ".TrimEnd())).Is(200);
        Assert.Equal([room.Slug], page.Json.List("groups").Select(g => g.Text("slug")));
        Assert.Equal("owner", page.Json.List("groups")[0].Text("role"));
    }

    [Fact]
    public async Task Pages_Hold_Every_Group_Once()
    {
        ChatUser sara = await _host.SignedInAsync();
        string word = Rooms.NewName("page");
        List<string?> made = [];
        for (int i = 0; i < 5; i++)
        {
            made.Add((await OpenAsync(sara, $"{word} {i}", Rooms.NewName())).Slug);
        }

        for (int i = 0; i < 4; i++)
        {
            made.Add((await OpenAsync(sara, $"other {i}", $"{word}-{i}")).Slug);
        }

        made.Add((await OpenAsync(sara, $"{word} 9", $"{word}-9")).Slug); // Found by both: shown once.
        List<string?> found = [];
        string? after = null;
        int pages = 0;
        do
        {
            JsonElement page = (await sara.GetAsync($"/chat/groups/?q={word}&limit=2" + (after is null ? "" : "&after=" + after)).Is(200)).Json;
            found.AddRange(page.List("groups").Select(g => g.Text("slug")));
            after = page.Text("after");
            Assert.InRange(++pages, 1, 10);
        }
        while (after is not null);
        Assert.Equal(made.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_Rename_A_Change_Of_Type_And_A_Deletion_Are_Followed()
    {
        ChatUser sara = await _host.SignedInAsync();
        (string word, string other) = (Rooms.NewName("first"), Rooms.NewName("second"));
        Room room = await OpenAsync(sara, word, Rooms.NewName("slug"));
        await sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = other }).Is(200);
        Assert.Equal((0, 1, 1), (await CountAsync(sara, word), await CountAsync(sara, other), await CountAsync(sara, room.Slug)));
        await sara.SendAsync(HttpMethod.Patch, room.Path, new { type = "private" }).Is(200);
        Assert.Equal((0, 0), (await CountAsync(sara, other), await CountAsync(sara, room.Slug)));
        await sara.SendAsync(HttpMethod.Patch, room.Path, new { type = "public" }).Is(200);
        Assert.Equal((1, 1), (await CountAsync(sara, other), await CountAsync(sara, room.Slug)));
        await sara.SendAsync(HttpMethod.Delete, $"/chat/delete_group/{room.Slug}/").Is(204);
        Assert.Equal((0, 0), (await CountAsync(sara, other), await CountAsync(sara, room.Slug)));
    }

    [Fact]
    public async Task Without_A_Text_Every_Group_Is_There_By_Name()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await OpenAsync(sara, "!" + Rooms.NewName(), Rooms.NewName());
        Assert.Contains(room.Slug, (await sara.GetAsync("/chat/groups/?limit=100").Is(200)).Json.List("groups").Select(g => g.Text("slug")));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("after=%27%20or%201%20eq%201", "after")]
    [InlineData("after=", "after")]
    public async Task What_Is_No_Question_Is_Refused(string query, string field) =>
        await (await _host.SignedInAsync()).GetAsync("/chat/groups/?" + query).IsProblem(400, "invalid_request", field);

    [Fact]
    public async Task A_Text_Longer_Than_A_Name_Is_Refused() =>
        await (await _host.SignedInAsync()).GetAsync("/chat/groups?q=" + new string('x', 101)).IsProblem(400, "invalid_request", "q");

    private static async Task<int> CountAsync(ChatUser user, string q) => (await user.GetAsync($"/chat/groups/?q={q}").Is(200)).Json.List("groups").Length;

    private static async Task<Room> OpenAsync(ChatUser owner, string name, string slug, string type = "public")
    {
        await owner.PostAsync("/chat/create_group/", new { group_name = name, slug, type }).Is(201);
        return new Room(owner, slug);
    }
}
