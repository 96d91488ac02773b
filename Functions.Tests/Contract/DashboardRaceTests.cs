using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Contract;

/// <summary>Somebody looks at the dashboard just while what it shows is being changed: afterwards it tells the truth.</summary>
public abstract class DashboardRaceTests(ITwoHosts hosts)
{
    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task Who_Is_Removed_Does_Not_Keep_The_Group(string type)
    {
        (ChatUser sara, ChatUser ali) = await TwoAsync();
        Room room = await sara.OpenAsync(type);
        for (int round = 0; round < 2; round++)
        {
            await room.AddAsync(ali);
            await WhileLookedAtAsync(ali, () => sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{ali.Username}/").Is(204));
            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    [Fact]
    public async Task Who_Leaves_Does_Not_Keep_The_Group()
    {
        (ChatUser sara, ChatUser ali) = await TwoAsync();
        Room room = await sara.OpenAsync();
        for (int round = 0; round < 2; round++)
        {
            await ali.SayAsync(room, "hi").Is(201);
            await WhileLookedAtAsync(ali, () => ali.On(hosts.One).PostAsync(room.Path + "leave/").Is(204));
            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    [Fact]
    public async Task A_New_Role_Is_Shown()
    {
        (ChatUser sara, ChatUser ali) = await TwoAsync();
        Room room = await sara.OpenAsync();
        for (int round = 0; round < 2; round++)
        {
            await room.AddAsync(ali);
            await WhileLookedAtAsync(ali, () => room.Owner.On(hosts.One).SendAsync(HttpMethod.Put, $"{room.Path}members/{ali.Username}/", new { role = "owner" }).Is(200));
            (room, sara, ali) = (room with { Owner = ali }, ali, sara);
            await hosts.AssertConsistentAsync(room, sara, ali);
            await sara.SendAsync(HttpMethod.Delete, $"{room.Path}members/{ali.Username}/").Is(204);
        }
    }

    [Fact]
    public async Task A_Group_That_Became_Private_Is_Not_Listed()
    {
        (ChatUser sara, ChatUser ali) = await TwoAsync();
        for (int round = 0; round < 2; round++)
        {
            Room room = await sara.OpenAsync();
            await WhileLookedAtAsync(ali, () => sara.SendAsync(HttpMethod.Patch, room.Path, new { type = "private" }).Is(200));
            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    [Fact]
    public async Task A_Deleted_Group_Is_Not_Listed()
    {
        (ChatUser sara, ChatUser ali) = await TwoAsync();
        for (int round = 0; round < 2; round++)
        {
            Room room = await sara.OpenAsync();
            await ali.SayAsync(room, "hi").Is(201);
            await WhileLookedAtAsync(ali, () => sara.PostAsync($"/chat/delete_group/{room.Slug}/").Is(204));
            Assert.Null(await ali.SeeAsync(room.Slug));
            Assert.Null(await ali.SeeAsync(room.Slug, "public_groups"));
        }
    }

    [Fact]
    public async Task Two_New_Names_At_Once_Are_One_Listing()
    {
        (ChatUser sara, ChatUser ali) = await TwoAsync();
        Room room = await sara.OpenAsync();
        await room.AddAsync(ali, "admin");
        for (int round = 0; round < hosts.Rounds; round++)
        {
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => sara.SendAsync(HttpMethod.Patch, room.Path, new { group_name = $"hers {round}" }),
                () => ali.SendAsync(HttpMethod.Patch, room.Path, new { group_name = $"his {round}" }),
                () => ali.On(hosts.One).GetAsync("/chat/"));
            Assert.Equal([200, 200, 200], answers.Statuses());
            await hosts.AssertConsistentAsync(room, sara, ali);
        }
    }

    /// <summary>Makes a change through the first instance; just before its transaction reaches storage, somebody looks at the dashboard through the second.</summary>
    private async Task WhileLookedAtAsync(ChatUser user, Func<Task<ApiAnswer>> change)
    {
        int looked = 0;
        hosts.Proxy.Fault = request =>
        {
            if (request is { Kind: TableRequestKind.Batch, Table: "conversations" } && Interlocked.Exchange(ref looked, 1) == 0)
            {
                user.On(hosts.Two).GetAsync("/chat/").Is(200).GetAwaiter().GetResult();
            }

            return FaultAction.None;
        };
        await change();
        hosts.Proxy.Fault = null;
        Assert.Equal(1, looked);
    }

    private async Task<(ChatUser Sara, ChatUser Ali)> TwoAsync() => (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync());
}
