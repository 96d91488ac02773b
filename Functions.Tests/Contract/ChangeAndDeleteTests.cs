using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>PATCH of a group, and address 4.</summary>
public abstract class ChangeAndDeleteTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task A_Group_Can_Be_Renamed_Everywhere()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();

        JsonElement changed = (await sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = Texts.WithJoiner, slug = "ignored" }).Is(200)).Json;

        Assert.Equal((Texts.WithJoiner, room.Slug, "public"), (changed.HasExactly(Expect.Group).Text("group_name"), changed.Text("slug"), changed.Text("type")));
        Assert.Equal(changed.GetRawText(), (await sara.GetAsync(room.Path)).Json.GetProperty("group").GetRawText());
        Assert.Equal(Texts.WithJoiner, (await sara.SeeAsync(room.Slug))!.Value.Text("group_name"));
        Assert.Equal(Texts.WithJoiner, (await sara.SeeAsync(room.Slug, "public_groups"))!.Value.Text("group_name"));
        Assert.Equal(changed.GetRawText(), (await sara.SendAsync(HttpMethod.Patch, room.Path, new { }).Is(200)).Body);
    }

    [Fact]
    public async Task A_Change_Of_Type_Hides_And_Shows_A_Group()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();

        Assert.Equal("private", (await sara.SendAsync(HttpMethod.Patch, room.Path, new { type = "private" }).Is(200)).Json.Text("type"));
        await ali.GetAsync(room.Path).IsProblem(404, "not_found");
        Assert.Null(await ali.SeeAsync(room.Slug, "public_groups"));
        await sara.SendAsync(HttpMethod.Patch, room.Path, new { type = "public" }).Is(200);
        await ali.GetAsync(room.Path).Is(200);
        Assert.NotNull(await ali.SeeAsync(room.Slug, "public_groups"));
        await sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = "", type = "secret" })
            .IsProblem(400, "invalid_request", "group_name", "type");
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("DELETE", "")]
    public async Task A_Deleted_Group_Frees_Its_Slug(string method, string slash)
    {
        (ChatUser sara, ChatUser ali, ChatUser mina) = (await _host.SignedInAsync(), await _host.SignedInAsync(), await _host.SignedInAsync());
        Room old = await sara.OpenAsync();
        await ali.SayAsync(old, "secret", "c").Is(201);

        ApiAnswer deleted = await sara.SendAsync(new HttpMethod(method), $"/chat/delete_group/{old.Slug}{slash}").Is(204);

        Assert.Empty(deleted.Body);
        await AssertGoneAsync(old, sara, ali);
        Room made = await mina.OpenAsync("private", old.Slug);
        await AssertGoneAsync(old, sara, ali);
        Assert.Equal(0, (await mina.GetAsync(made.Path)).Json.Number("last_id"));
        Assert.Equal([mina.Username], (await mina.MembersAsync(made)).Keys);
        await made.AddAsync(ali);
        ApiAnswer first = await ali.SayAsync(made, "hello", "c").Is(201);
        Assert.Equal((1, "hello"), (first.Json.Number("id"), first.Json.Text("message")));
        Assert.Equal([first.Body], (await mina.GetAsync(made.Path)).Json.List("messages").Select(m => m.GetRawText()));
        Assert.Equal(1, (await ali.SeeAsync(made.Slug))!.Value.Number("unread"));
    }

    private static async Task AssertGoneAsync(Room room, params ChatUser[] users)
    {
        foreach (ChatUser user in users)
        {
            await user.GetAsync(room.Path).IsProblem(404, "not_found");
            await user.SayAsync(room, "hi").IsProblem(404, "not_found");
            await user.PostAsync($"/chat/delete_group/{room.Slug}/").IsProblem(404, "not_found");
            Assert.Null(await user.SeeAsync(room.Slug));
            Assert.Null(await user.SeeAsync(room.Slug, "public_groups"));
        }
    }
}
