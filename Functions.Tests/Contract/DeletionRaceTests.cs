namespace ServerlessChat.Tests.Contract;

/// <summary>A group ends while others use it, on two instances.</summary>
public abstract class DeletionRaceTests(ITwoHosts hosts)
{
    [Fact]
    public async Task Who_Posts_While_A_Group_Is_Deleted_Is_Stored_Or_Told()
    {
        (ChatUser sara, ChatUser ali, ChatUser mina) = await ThreeAsync();
        for (int round = 0; round < hosts.Rounds; round++)
        {
            Room room = await sara.OpenAsync();
            await ali.SayAsync(room, "before").Is(201);
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => Delete(sara, room),
                () => ali.SayAsync(room, "one"),
                () => ali.On(hosts.One).SayAsync(room, "two", "c"),
                () => mina.SayAsync(room, "three"),
                () => mina.On(hosts.Two).SayAsync(room, "four", "c"),
                () => sara.On(hosts.Two).SayAsync(room, "five"));

            answers[0].Is(204);
            Assert.All(answers[1..], answer => Assert.True(answer.Status is 201 or 404, answer.ToString()));
            long[] ids = [.. answers[1..].Where(a => a.Status == 201).Select(a => a.Json.Number("id")).Order()];
            Assert.Equal(Enumerable.Range(2, ids.Length).Select(i => (long)i), ids);
            await hosts.AssertGoneAsync(room.Slug, sara, ali, mina);
        }
    }

    [Fact]
    public async Task Who_Joins_While_A_Group_Is_Deleted_Is_Nowhere_In_The_End()
    {
        (ChatUser sara, ChatUser ali, ChatUser mina) = await ThreeAsync();
        for (int round = 0; round < hosts.Rounds; round++)
        {
            Room room = await sara.OpenAsync();
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => Delete(sara, room),
                () => ali.PostAsync(room.Path + "join/"),
                () => mina.PostAsync(room.Path + "join/"),
                () => sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{mina.Username}/"));

            answers[0].Is(204);
            Assert.All(answers[1..], answer => Assert.True(answer.Status is 204 or 200 or 404, answer.ToString()));
            await hosts.AssertGoneAsync(room.Slug, sara, ali, mina);
        }
    }

    [Fact]
    public async Task Of_Two_Deletions_One_Does_It()
    {
        (ChatUser sara, ChatUser ali, ChatUser mina) = await ThreeAsync();
        for (int round = 0; round < hosts.Rounds; round++)
        {
            Room room = await sara.OpenAsync();
            await ali.SayAsync(room, "hi").Is(201);
            ApiAnswer[] answers = await Races.AtOnceAsync(() => Delete(sara, room), () => Delete(sara.On(hosts.Two), room));

            Assert.Equal([204, 404], answers.Statuses());
            await hosts.AssertGoneAsync(room.Slug, sara, ali, mina);
        }
    }

    [Fact]
    public async Task A_Slug_Is_Taken_Over_Whole_Or_Not_At_All()
    {
        (ChatUser sara, ChatUser ali, ChatUser mina) = await ThreeAsync();
        for (int round = 0; round < hosts.Rounds; round++)
        {
            Room room = await sara.OpenAsync();
            await mina.SayAsync(room, "old").Is(201);
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => Delete(sara, room),
                () => ali.PostAsync("/chat/create_group/", new { group_name = "new", slug = room.Slug, type = "public" }),
                () => mina.SayAsync(room, "old or new"));

            answers[0].Is(204);
            Assert.True(answers[1].Status is 201 or 409, answers[1].ToString());
            Assert.True(answers[2].Status is 201 or 404, answers[2].ToString());
            await hosts.SweepAsync();
            if (answers[1].Status == 201)
            {
                var made = new Room(ali, room.Slug);
                await hosts.AssertConsistentAsync(made, sara, ali, mina);
                Assert.InRange((await ali.GetAsync(made.Path)).Json.Number("last_id"), 0, 1);
                await Delete(ali, made).Is(204);
            }

            await hosts.AssertGoneAsync(room.Slug, sara, ali, mina);
        }
    }

    private static Task<ApiAnswer> Delete(ChatUser user, Room room) => user.PostAsync($"/chat/delete_group/{room.Slug}/");

    private async Task<(ChatUser Sara, ChatUser Ali, ChatUser Mina)> ThreeAsync() =>
        (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync(), await hosts.Two.SignedInAsync());
}
