using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Blocks;

/// <summary>Somebody is blocked while they write, on two instances: each message is in the log before the block, or refused.</summary>
public abstract class BlockRaceTests(ITwoHosts hosts)
{
    /// <summary>Requests of somebody who writes as fast as they can, at a time.</summary>
    private const int AtOnce = 4;

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task No_Message_Overtakes_A_Block(int before)
    {
        for (int round = 0; round < hosts.Rounds; round++)
        {
            (ChatUser sara, ChatUser bob) = await TwoAsync();
            ConcurrentBag<long> stored = [];
            var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task[] writing = [.. Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => WriteAsync(i % 2 == 0 ? bob : bob.On(hosts.One))))];
            if (before > 0)
            {
                await started.Task;
            }

            await sara.BlockAsync(bob).Is(204);
            long last = (await sara.GetAsync(bob.Chat()).Is(200)).Json.Number("last_id");
            blocked.SetResult();
            await Task.WhenAll(writing);

            Assert.Equal(Enumerable.Range(1, (int)last).Select(id => (long)id), stored.Order());
            Assert.Equal(last, (await bob.GetAsync(sara.Chat()).Is(200)).Json.Number("last_id"));
            await sara.UnblockAsync(bob).Is(204);
            Assert.Equal(last + 1, (await bob.TellAsync(sara, "after")).Is(201).Json.Number("id")); // The other instance, which remembers the block.

            async Task WriteAsync(ChatUser writer)
            {
                for (int i = 0; ; i++)
                {
                    bool isAfter = blocked.Task.IsCompleted;
                    ApiAnswer answer = await writer.TellAsync(sara, "m", $"{writer.Client.BaseAddress}{Guid.NewGuid():N}"[^40..]);
                    if (answer.Status != 201)
                    {
                        answer.IsProblem(403, "blocked");
                        return;
                    }

                    Assert.False(isAfter, "A message was taken after the block.");
                    stored.Add(answer.Json.Number("id"));
                    if (stored.Count >= before)
                    {
                        started.TrySetResult();
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Of_A_Block_And_A_First_Message_One_Is_First_And_No_Half_Chat_Is_Seen()
    {
        for (int round = 0; round < hosts.Rounds; round++)
        {
            (ChatUser sara, ChatUser bob) = await TwoAsync();
            ApiAnswer[] answers = await Races.AtOnceAsync(() => sara.BlockAsync(bob), () => bob.TellAsync(sara), () => bob.On(hosts.One).TellAsync(sara));

            answers[0].Is(204);
            Assert.All(answers[1..], answer => Assert.True(answer.Status is 201 or 403, answer.ToString()));
            int stored = answers[1..].Count(answer => answer.Status == 201);
            await AssertBlockedAsync(sara, bob, stored);
            await sara.On(hosts.Two).UnblockAsync(bob).Is(204);
            await bob.On(hosts.One).TellAsync(sara).Is(201);
            Assert.Equal((1, 1), (await sara.ChatsAsync(), await bob.ChatsAsync()));
        }
    }

    [Fact]
    public async Task Of_Blocks_And_Unblocks_At_Once_List_And_Chat_Tell_The_Same()
    {
        (ChatUser sara, ChatUser bob) = await TwoAsync();
        for (int round = 0; round < hosts.Rounds * 2; round++)
        {
            if (round == hosts.Rounds)
            {
                await Task.WhenAll(sara.UnblockAsync(bob).Is(204), bob.UnblockAsync(sara).Is(204));
                await bob.TellAsync(sara).Is(201); // From now on with a conversation.
            }

            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => sara.BlockAsync(bob), () => sara.On(hosts.Two).UnblockAsync(bob), () => sara.On(hosts.Two).BlockAsync(bob), () => bob.BlockAsync(sara), () => bob.On(hosts.One).UnblockAsync(sara));

            Assert.All(answers, answer => answer.Is(204));
            bool[] blocks = [await AgreesAsync(sara, bob), await AgreesAsync(bob, sara)];
            Assert.Equal(blocks.Contains(true) ? 403 : 201, (await sara.TellAsync(bob)).Status);
        }
    }

    /// <summary>What list and page say, on both instances.</summary>
    private async Task<bool> AgreesAsync(ChatUser user, ChatUser other)
    {
        bool blocks = await user.SaysBlockedAsync(other);
        foreach (RunningChat host in new[] { hosts.One, hosts.Two })
        {
            string[] expected = blocks ? [other.Username] : [];
            Assert.Equal(expected, await user.On(host).BlockedAsync());
            Assert.Equal(blocks, await user.On(host).SaysBlockedAsync(other));
        }

        return blocks;
    }

    private async Task AssertBlockedAsync(ChatUser sara, ChatUser bob, int stored)
    {
        Assert.True(await AgreesAsync(sara, bob));
        foreach (ChatUser user in new[] { sara, bob })
        {
            JsonElement page = (await user.GetAsync((user == sara ? bob : sara).Chat()).Is(200)).Json;
            Assert.Equal(stored, page.Number("last_id"));
            Assert.Equal(stored > 0 ? 1 : 0, await user.ChatsAsync());
        }
    }

    private async Task<(ChatUser Sara, ChatUser Bob)> TwoAsync() => (await hosts.One.SignedInAsync(Rooms.NewName("سارا")), await hosts.Two.SignedInAsync());
}
