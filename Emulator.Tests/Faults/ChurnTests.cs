using System.Collections.Concurrent;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Faults;

[Collection(Alone.Name)]
public sealed class ChurnTests
{
    private const int Workers = 8;
    private const int Rounds = 250;

    /// <summary>The long form, a thousand connects and drops a second for ten seconds, is the bench program <c>Churn</c>.</summary>
    [Fact]
    public async Task Connects_And_Drops_Leave_No_Connections_Groups_Or_Memory()
    {
        await using var emulator = await TestEmulator.StartAsync(options => options.RecoveryWindow = TimeSpan.FromMilliseconds(100));
        await using var witness = await emulator.ConnectJsonAsync(groups: ["g"]);
        await ChurnAsync(emulator, rounds: 20);
        await Wait.UntilAsync(() => emulator.State.Connections.Length == 1, "the warm-up is gone");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await ChurnAsync(emulator, Rounds);
        await Wait.UntilAsync(() => emulator.State.Connections.Length == 1 && emulator.State.GroupCount == 1, "everybody but the witness is gone");
        await Wait.UntilAsync(
            () => GC.GetTotalMemory(forceFullCollection: true) - before < 10 * 1024 * 1024, "memory is back where it was");
        using var answer = await emulator.PostAsync("/groups/g/:send", "end");
        while ((await witness.ReadJsonAsync()).GetProperty("data").GetString() is not "end")
        {
        }
    }

    [Fact]
    public async Task Joins_And_Leaves_At_Once_Keep_Membership_Right()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var clients = new ConcurrentBag<TestClient>();
        await Parallel.ForAsync(0, 20, TestContext.Current.CancellationToken, async (_, _) =>
        {
            var client = await emulator.ConnectJsonAsync();
            clients.Add(client);
            for (var i = 1; i <= 50; i++)
            {
                await client.RequestOkAsync($$"""{"type":"{{(i % 2 == 1 ? "joinGroup" : "leaveGroup")}}","group":"g","ackId":{{i}}}""");
            }

            await client.RequestOkAsync("""{"type":"joinGroup","group":"g","ackId":51}""");
        });
        Assert.Equal(20, Assert.Single(emulator.State.Groups).Value);
        await Task.WhenAll(clients.Select(client => client.CloseAsync()));
        await Wait.UntilAsync(() => emulator.State.GroupCount == 0, "the group has gone with its last member");
    }

    private static Task ChurnAsync(TestEmulator emulator, int rounds) => Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
    {
        string?[] subprotocols = [null, "json.webpubsub.azure.v1", "json.reliable.webpubsub.azure.v1"];
        for (var i = 0; i < rounds; i++)
        {
            var address = emulator.Emulator.GetClientAccessUri("test", $"user{worker}", groups: ["g", $"g{i}"]);
            using var socket = await RawSocket.ConnectAsync(address, subprotocols[i % subprotocols.Length]);
            if (i % 20 == 0)
            {
                using var answer = await emulator.PostAsync("/groups/g/:send", "x");
            }
        }
    }));
}
