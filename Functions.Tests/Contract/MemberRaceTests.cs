namespace ServerlessChat.Tests.Contract;

/// <summary>Members come, go and change while others decide about them, on two instances.</summary>
public abstract class MemberRaceTests(ITwoHosts hosts)
{
    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task Who_Leaves_While_Posting_Is_In_Or_Out(string type)
    {
        (ChatUser sara, ChatUser ali) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync());
        Room room = await sara.OpenAsync(type);
        for (int round = 0; round < hosts.Rounds; round++)
        {
            await room.AddAsync(ali);
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => ali.On(hosts.One).PostAsync(room.Path + "leave/"),
                () => ali.SayAsync(room, "one"),
                () => ali.On(hosts.One).SayAsync(room, "two"));

            AssertPosts(type, answers[1..]);
            Assert.True(answers[0].Status == 204, answers[0].ToString());
            Assert.True(type is "public" || !(await sara.MembersAsync(room)).ContainsKey(ali.Username));
            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task Who_Is_Removed_While_Posting_Is_In_Or_Out(string type)
    {
        (ChatUser sara, ChatUser ali) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync());
        Room room = await sara.OpenAsync(type);
        for (int round = 0; round < hosts.Rounds; round++)
        {
            await room.AddAsync(ali);
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{ali.Username}/"),
                () => ali.SayAsync(room, "one"),
                () => ali.On(hosts.One).SayAsync(room, "two"),
                () => ali.PostAsync(room.Path + "read/", new { id = 1 }));

            answers[0].Is(204);
            AssertPosts(type, answers[1..3]);
            Assert.True(answers[3].Status < 500, answers[3].ToString());
            if (type is "private")
            {
                Assert.False((await sara.MembersAsync(room)).ContainsKey(ali.Username));
                await ali.SayAsync(room, "three").IsProblem(404, "not_found");
            }

            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    [Fact]
    public async Task Of_Two_Handovers_One_Happens()
    {
        (ChatUser sara, ChatUser ali, ChatUser mina) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync(), await hosts.Two.SignedInAsync());
        for (int round = 0; round < hosts.Rounds; round++)
        {
            Room room = await sara.OpenAsync(round % 2 == 0 ? "public" : "private");
            await room.AddAsync(ali);
            await room.AddAsync(mina, "admin");
            ApiAnswer[] answers = await Races.AtOnceAsync(() => HandOver(sara, room, ali), () => HandOver(sara.On(hosts.Two), room, mina));

            Assert.Equal([200, 403], answers.Statuses());
            ChatUser owner = answers[0].Status == 200 ? ali : mina;
            await hosts.AssertConsistentAsync(room with { Owner = owner }, sara, ali, mina);
        }
    }

    [Fact]
    public async Task An_Heir_Who_Leaves_Meanwhile_Does_Not_Orphan_The_Group()
    {
        (ChatUser sara, ChatUser ali) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync());
        for (int round = 0; round < hosts.Rounds; round++)
        {
            Room room = await sara.OpenAsync();
            await room.AddAsync(ali);
            ApiAnswer[] answers = await Races.AtOnceAsync(() => HandOver(sara, room, ali), () => ali.PostAsync(room.Path + "leave/"));

            // The handover came first and the new owner can't leave, or the heir had left and can't be made the owner.
            Assert.True((answers[0].Status, answers[1].Status) is (200, 409) or (400, 204), string.Join('\n', answers.Select(a => a.ToString())));
            await hosts.AssertConsistentAsync(room with { Owner = answers[0].Status == 200 ? ali : sara }, sara, ali);
        }
    }

    [Fact]
    public async Task Who_Joins_Twice_At_Once_Is_One_Member()
    {
        ChatUser sara = await hosts.One.SignedInAsync();
        for (int round = 0; round < hosts.Rounds; round++)
        {
            ChatUser ali = await hosts.Two.SignedInAsync();
            Room room = await sara.OpenAsync();
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => ali.PostAsync(room.Path + "join/"),
                () => ali.On(hosts.One).PostAsync(room.Path + "join/"),
                () => ali.SayAsync(room, "hi"),
                () => ali.On(hosts.One).SayAsync(room, "hello"),
                () => room.Owner.SendAsync(HttpMethod.Put, $"{room.Path}members/{ali.Username}/"));

            Assert.Equal([200, 201, 201, 204, 204], answers.Statuses());
            Assert.Equal(2, (await sara.MembersAsync(room)).Count);
            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    private static void AssertPosts(string type, IEnumerable<ApiAnswer> posts) =>
        Assert.All(posts, post => Assert.True(post.Status == 201 || (type is "private" && post.Status == 404), post.ToString()));

    private static Task<ApiAnswer> HandOver(ChatUser owner, Room room, ChatUser heir) =>
        owner.SendAsync(HttpMethod.Put, $"{room.Path}members/{heir.Username}/", new { role = "owner" });
}
