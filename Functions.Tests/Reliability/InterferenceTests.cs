using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Reliability;

/// <summary>What one person does must not spoil what another does at the same moment.</summary>
public sealed class InterferenceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_Invitation_In_The_Middle_Of_A_Login_Does_Not_Disturb_It()
    {
        await using TableProxy proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        await using ChatHost host = await ChatHost.StartAsync(proxy.ConnectionString);
        (ChatUser sara, ChatUser bob) = (await host.SignedInAsync(), await host.SignedInAsync());
        Assert.Equal(201, (await sara.PostAsync("/chat/create_group/", new { group_name = "g", slug = "g", type = "private" })).Status);
        proxy.Reset();
        int invited = 0;
        proxy.Fault = request =>
        {
            // The login's transaction: before it arrives, Bob gets an inbox row.
            if (request is { Kind: TableRequestKind.Batch, Table: "users" } && Interlocked.Exchange(ref invited, 1) == 0)
            {
                ApiAnswer answer = sara.SendAsync(HttpMethod.Put, $"/chat/group/g/members/{bob.Username}/", new { }).GetAwaiter().GetResult();
                Assert.Equal(200, answer.Status);
            }

            return FaultAction.None;
        };

        await host.LogInAsync(bob.Username, bob.Password);

        Assert.Equal(1, invited);
        Assert.Equal(1, proxy.Requests.Count(request => request is { Kind: TableRequestKind.Query, Table: "users" }));
    }

    [Fact]
    public async Task A_New_Role_Leaves_The_Time_Of_Joining()
    {
        await using ChatHost host = await ChatHost.StartAsync(azurite.NewConnectionString());
        (ChatUser sara, ChatUser bob) = (await host.SignedInAsync(), await host.SignedInAsync());
        Assert.Equal(201, (await sara.PostAsync("/chat/create_group/", new { group_name = "g", slug = "g", type = "public" })).Status);
        Assert.Equal(204, (await bob.PostAsync("/chat/group/g/join/")).Status);
        string before = await JoinedAsync(bob);

        foreach ((ChatUser owner, ChatUser next) in new[] { (sara, bob), (bob, sara) })
        {
            Assert.Equal(200, (await owner.SendAsync(HttpMethod.Put, $"/chat/group/g/members/{next.Username}/", new { role = "owner" })).Status);
        }

        Assert.Equal(before, await JoinedAsync(bob));

        static async Task<string> JoinedAsync(ChatUser user) => (await user.GetAsync("/chat/group/g/members/")).Json.GetProperty("members").EnumerateArray()
            .Single(member => member.GetProperty("username").GetString() == user.Username).GetProperty("joined_at").GetString()!;
    }
}
