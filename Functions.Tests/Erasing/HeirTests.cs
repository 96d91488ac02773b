using System.Text.Json;
using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Erasing;

/// <summary>What becomes of the groups of an erased owner.</summary>
public abstract class HeirTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Theory]
    [InlineData("public", "member admin admin", 1)]
    [InlineData("private", "member admin admin", 1)]
    [InlineData("public", "member member", 0)]
    [InlineData("private", "member", 0)]
    [InlineData("private", "admin member", 0)]
    public async Task A_Group_Goes_To_The_Longest_Standing_Admin_Else_Member(string type, string roles, int heir)
    {
        ChatUser sara = await _host.SignedInAsync(Rooms.NewName("سارا"));
        Room room = await sara.OpenAsync(type);
        List<ChatUser> others = [];
        foreach (string role in roles.Split(' '))
        {
            others.Add(await _host.SignedInAsync());
            await room.AddAsync(others[^1], role);
        }

        await sara.SayAsync(room, Texts.Persian).Is(201);
        await sara.EraseAsync();

        ChatUser owner = others[heir];
        JsonElement group = (await owner.GetAsync(room.Path).Is(200)).Json.GetProperty("group");
        Assert.Equal((owner.Username, "owner"), (group.Text("owner"), group.Text("role")));
        Dictionary<string, string> members = await owner.MembersAsync(room);
        Assert.Equal(others.Select(o => o.Username).Order(StringComparer.Ordinal), members.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([owner.Username], members.Where(m => m.Value is "owner").Select(m => m.Key));
        foreach (ChatUser other in others)
        {
            JsonElement shown = (await other.SeeAsync(room.Slug))!.Value;
            Assert.Equal((owner.Username, members[other.Username]), (shown.Text("owner"), shown.Text("role")));
            Assert.Equal(type is "public" ? owner.Username : null, (await other.SeeAsync(room.Slug, "public_groups"))?.Text("owner"));
        }

        await owner.SendAsync(HttpMethod.Patch, room.Path, new { group_name = "renamed" }).Is(200);
        await owner.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204);
    }

    [Fact]
    public async Task A_Group_Without_Another_Member_Is_Deleted_And_Its_Slug_Free()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room[] rooms = [await sara.OpenAsync(), await sara.OpenAsync("private"), await sara.OpenAsync(slug: Rooms.NewName("گروه"))];
        await bob.SayAsync(rooms[0], "passing by").Is(201);
        await bob.PostAsync(rooms[0].Path + "leave/").Is(204);

        await sara.EraseAsync();

        foreach (Room room in rooms)
        {
            await bob.GetAsync(room.Path).IsProblem(404, "not_found");
            Assert.Null(await bob.SeeAsync(room.Slug, "public_groups"));
            await bob.OpenAsync(slug: room.Slug);
            Assert.Equal(0, (await bob.GetAsync(room.Path)).Json.Number("last_id"));
        }
    }

    [Fact]
    public async Task An_Owner_Of_Many_Groups_Leaves_Them_All()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room[] rooms = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => sara.OpenAsync("private")));
        await Task.WhenAll(rooms.Select(room => room.AddAsync(bob)));

        await sara.EraseAsync();

        JsonElement[] groups = (await bob.GetAsync("/chat/").Is(200)).Json.List("groups");
        Assert.Equal(30, groups.Length);
        Assert.All(groups, group => Assert.Equal((bob.Username, "owner"), (group.Text("owner"), group.Text("role"))));
        Assert.Empty(await _host.Tables.TracesAsync(sara.Username));
    }

    [Fact]
    public async Task Nobody_Who_Is_Gone_Themselves_Gets_A_Group()
    {
        ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _host.SignedInAsync()));
        Room room = await users[0].OpenAsync();
        await room.AddAsync(users[1], "admin");
        await room.AddAsync(users[2], "admin");
        await room.AddAsync(users[3]);
        await _host.RemoveAccountAsync(users[1].Username); // Gone, and its member row not yet.

        await users[0].EraseAsync();

        Assert.Equal(users[2].Username, (await users[3].GetAsync(room.Path)).Json.GetProperty("group").Text("owner"));
    }
}
