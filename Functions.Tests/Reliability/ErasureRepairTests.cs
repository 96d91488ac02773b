using ServerlessChat.Storage;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Erasing;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Reliability;

/// <summary>An erasure is cut off before each of its writes, as if the app had died there. The account then stands as it was, or it is gone and the sweep does the rest.</summary>
public sealed class ErasureRepairTests(AzuriteFixture azurite)
{
    /// <summary>More than any of the erasures makes.</summary>
    private const int MostWrites = 30;

    /// <summary>s owns the group, b is its admin, m a member.</summary>
    [Theory]
    [InlineData('s', 'b')]
    [InlineData('b', 's')]
    [InlineData('m', 's')]
    public async Task Wherever_It_Is_Cut_Off_The_Sweep_Brings_It_To_Its_End(char who, char owner)
    {
        int cuts = 0;
        for (int write = 1; write <= MostWrites; write++)
        {
            await using Stage stage = await Stage.SetAsync(azurite);
            ChatUser erased = stage.Cast[who];
            await PlayAsync(stage.Cast, erased);
            stage.Proxy.Reset();
            stage.Proxy.Fault = TableFaults.CrashBeforeWrite(write);
            ApiAnswer first = await EraseAsync(erased);
            bool wasCut = stage.Proxy.Requests.Any(request => request.Fault != FaultAction.None);
            stage.Proxy.Reset();
            Assert.True(first.Status == 204 || (wasCut && first.Status == 503), $"cut at {write}: {first}");

            Cast later = await stage.RestartAsync();
            bool isGone = (await later[who].GetAsync("/chat/profile/")).Status == 401;
            Assert.True(isGone || first.Status == 503, $"cut at {write}: answered 204, and the account stands");
            await SweepAsync(later[who]);
            if (!isGone)
            {
                await Truth.CheckAsync(stage, later, $"cut at {write}");
                await EraseAsync(later[who]).Is(204);
                await SweepAsync(later[who]);
            }

            await Truth.CheckAsync(stage, later.Without(who), $"cut at {write}");
            Assert.Equal(later[owner].Username, (await later['o'].GetAsync("/chat/group/open/").Is(200)).Json.GetProperty("group").Text("owner"));
            Assert.Equal(["deleted user", later['o'].Username], (await later['o'].GetAsync("/chat/group/open/")).Json.Writers());
            Assert.Equal("deleted user", (await later['o'].SeeChatAsync()).Text("display_name"));
            await Stored.AssertNowhereAsync(stage.Proxy.ConnectionString, erased.Username);
            await Stored.AssertNowhereAsync(stage.Proxy.ConnectionString, Keys.Blocker(new(new JwtSubject(erased.Token).Value)));
            if (!wasCut)
            {
                Assert.InRange(cuts, 8, MostWrites - 1);
                return;
            }

            cuts++;
        }

        Assert.Fail($"More than {MostWrites} writes.");
    }

    /// <summary>Both say something in the group and to each other, and block each other; the rest block whoever is to be erased, too.</summary>
    private static async Task PlayAsync(Cast cast, ChatUser erased)
    {
        await erased.PostAsync("/chat/group/open/", new { message = Texts.Persian, client_id = "1" }).Is(201);
        await cast['o'].PostAsync("/chat/group/open/", new { message = "hi" }).Is(201);
        await erased.UnblockAsync(cast['o']).Is(204); // Where the stage has it so.
        await cast['o'].PostAsync($"/chat/private/{erased.Username}/", new { message = "hi" }).Is(201);
        await erased.PostAsync($"/chat/private/{cast['o'].Username}/", new { message = Texts.WithJoiner }).Is(201);
        await erased.BlockAsync(cast['o']).Is(204);
        await Task.WhenAll(cast.Without(erased.Username[0]).All.Select(other => other.BlockAsync(erased).Is(204)));
    }

    private static Task<ApiAnswer> EraseAsync(ChatUser user) => user.SendAsync(HttpMethod.Delete, "/chat/profile/", new { password = user.Password });

    private static Task<ApiAnswer> SweepAsync(ChatUser user) => user.PostAsync("/sweep").Is(200);
}
