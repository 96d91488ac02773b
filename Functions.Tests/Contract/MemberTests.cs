using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Joining, leaving, inviting, roles, removing.</summary>
public abstract class MemberTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task Joining_And_Leaving_Can_Be_Repeated()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();

        await ali.PostAsync(room.Path + "join/").Is(204);
        await ali.Client.PostFormAsync(room.Path + "join").Is(204);
        Assert.Equal("member", (await ali.GetAsync(room.Path)).Json.GetProperty("group").Text("role"));
        Assert.Equal(["member", "owner"], (await sara.MembersAsync(room)).Values.Order(StringComparer.Ordinal));
        await ali.PostAsync(room.Path + "leave/").Is(204);
        await ali.PostAsync(room.Path + "leave").Is(204);

        Assert.Equal([sara.Username], (await sara.MembersAsync(room)).Keys);
        Assert.Equal(JsonValueKind.Null, (await ali.GetAsync(room.Path)).Json.GetProperty("group").GetProperty("role").ValueKind);
        Assert.Null(await ali.SeeAsync(room.Slug));
        await ali.PostAsync(room.Path + "read/", new { id = 1 }).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task The_First_Post_Makes_A_Member()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();

        await ali.GetAsync(room.Path).Is(200);
        Assert.Single(await sara.MembersAsync(room));
        await ali.SayAsync(room, "hi").Is(201);

        Assert.Equal("member", (await sara.MembersAsync(room))[ali.Username]);
        Assert.Equal("member", (await ali.SeeAsync(room.Slug))!.Value.Text("role"));
    }

    [Fact]
    public async Task A_Page_Of_Members_Has_Its_Fields()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(ali, "admin");

        JsonElement page = (await ali.GetAsync(room.Path + "members").Is(200)).Json.HasExactly("members", "after");
        JsonElement half = (await ali.GetAsync(room.Path + "members/?limit=1").Is(200)).Json;
        JsonElement rest = (await ali.GetAsync($"{room.Path}members/?limit=1&after={half.Text("after")}").Is(200)).Json;

        Assert.All(page.List("members"), member => member.HasExactly("username", "role", "joined_at").Time("joined_at"));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("after").ValueKind);
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("after").ValueKind);
        Assert.Equal(
            page.List("members").Select(m => m.GetRawText()), half.List("members").Concat(rest.List("members")).Select(m => m.GetRawText()));
        await ali.GetAsync(room.Path + "members/?limit=0").IsProblem(400, "invalid_request", "limit");
        await ali.GetAsync(room.Path + "members/?after=x").IsProblem(400, "invalid_request", "after");
    }

    [Fact]
    public async Task An_Invitation_Opens_A_Private_Group()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync("private");
        await AssertInvisibleAsync(ali, room);

        ApiAnswer invited = await sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{ali.Username}").Is(200);

        Assert.Equal("member", invited.Json.HasExactly("username", "role", "joined_at").Text("role"));
        await ali.SayAsync(room, "thanks").Is(201);
        Assert.Equal("member", (await ali.SeeAsync(room.Slug))!.Value.Text("role"));
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{ali.Username}/").Is(204);
        await AssertInvisibleAsync(ali, room);
        Assert.Null(await ali.SeeAsync(room.Slug));
    }

    [Fact]
    public async Task Whoever_Is_Removed_From_A_Public_Group_May_Come_Back()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await ali.SayAsync(room, "one").Is(201);

        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{ali.Username}").Is(204);
        Assert.Null(await ali.SeeAsync(room.Slug));
        await ali.SayAsync(room, "two").Is(201);

        Assert.Equal("member", (await sara.MembersAsync(room))[ali.Username]);
        Assert.Equal("member", (await ali.SeeAsync(room.Slug))!.Value.Text("role"));
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{Rooms.NewName()}/").IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task The_Owner_Leaves_By_Handing_Over(string type)
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync(type);
        string member = $"{room.Path}members/{ali.Username}/";
        await sara.PostAsync(room.Path + "leave/").IsProblem(409, "owner_must_hand_over");
        await sara.SendAsync(HttpMethod.Put, member, new { role = "owner" }).IsProblem(400, "invalid_request", "role");
        await room.AddAsync(ali);

        ApiAnswer handed = await sara.SendAsync(HttpMethod.Put, member, new { role = "owner" }).Is(200);

        Assert.Equal("owner", handed.Json.Text("role"));
        Assert.Equal([KeyValuePair.Create(ali.Username, "owner"), KeyValuePair.Create(sara.Username, "admin")],
            (await sara.MembersAsync(room)).OrderByDescending(m => m.Value, StringComparer.Ordinal));
        Assert.Equal(ali.Username, (await sara.GetAsync(room.Path)).Json.GetProperty("group").Text("owner"));
        Assert.Equal((ali.Username, "admin"), ((await sara.SeeAsync(room.Slug))!.Value.Text("owner"), (await sara.SeeAsync(room.Slug))!.Value.Text("role")));
        Assert.Equal(type is "public" ? ali.Username : null, (await ali.SeeAsync(room.Slug, "public_groups"))?.Text("owner"));
        await sara.PostAsync($"/chat/delete_group/{room.Slug}/").IsProblem(403, "forbidden");
        await sara.PostAsync(room.Path + "leave/").Is(204);
        await ali.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);
    }

    [Fact]
    public async Task A_Role_Is_Given_And_Taken()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        await room.AddAsync(ali);
        string member = $"{room.Path}members/{ali.Username}/";

        Assert.Equal("admin", (await sara.SendAsync(HttpMethod.Put, member, new { role = "admin" }).Is(200)).Json.Text("role"));
        Assert.Equal("admin", (await sara.SendAsync(HttpMethod.Put, member, new { }).Is(200)).Json.Text("role"));
        await ali.SendAsync(HttpMethod.Put, member, new { role = "owner" }).IsProblem(403, "forbidden");
        Assert.Equal("member", (await sara.SendAsync(HttpMethod.Put, member, new { role = "member" }).Is(200)).Json.Text("role"));
        await sara.SendAsync(HttpMethod.Put, member, new { role = "king" }).IsProblem(400, "invalid_request", "role");
        await sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{Rooms.NewName()}/").IsProblem(404, "not_found");
        await sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{sara.Username}/", new { role = "member" }).IsProblem(409, "owner_must_hand_over");
    }

    private static async Task AssertInvisibleAsync(ChatUser stranger, Room room)
    {
        ApiAnswer free = await stranger.GetAsync($"/chat/group/{Rooms.NewName()}/").Is(404);
        Assert.Equal(free.Body, (await stranger.GetAsync(room.Path).Is(404)).Body);
        await stranger.SayAsync(room, "let me in").IsProblem(404, "not_found");
        await stranger.GetAsync(room.Path + "members/").IsProblem(404, "not_found");
        await stranger.PostAsync(room.Path + "join/").IsProblem(404, "not_found");
        Assert.Null(await stranger.SeeAsync(room.Slug, "public_groups"));
    }
}
