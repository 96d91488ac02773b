using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Signals;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Blocks;

/// <summary>Typing, read positions and presence while a block stands: nothing of it is told between the two.</summary>
public sealed class BlockSignalTests(AzuriteFixture azurite) : BlockChain(azurite)
{
    private const string OnChannel = "GET /api/hubs/private_chat/groups/";

    [Theory]
    [InlineData("over the socket")]
    [InlineData("over HTTP")]
    public async Task Typing_Is_Dropped_Both_Ways(string how)
    {
        await Bob.TellAsync(Sara).Is(201);
        await using ChatSocket hers = await Sara.OpenPrivateAsync(Bob);
        await using ChatSocket his = await Bob.OpenPrivateAsync(Sara);
        await BlockAsync();

        await TypeAsync(Bob, Sara, his);
        await TypeAsync(Sara, Bob, hers);
        await his.SendAsync(new { message = "x" });
        await hers.SendAsync(new { message = "x" });
        Assert.All(new[] { await his.ReceiveAsync(), await hers.ReceiveAsync() }, frame => Assert.Equal("blocked", frame.GetProperty("error").Text("code")));
        await UnblockAsync();
        await TypeAsync(Bob, Sara, his);

        Assert.Equal($$"""{"event":"typing","user":"{{Bob.Username}}"}""", await hers.ReceiveTextAsync());

        Task TypeAsync(ChatUser who, ChatUser whom, ChatSocket socket) =>
            how is "over HTTP" ? who.TypeAsync(whom.PrivatePath()).Is(204) : socket.SendAsync(new { @event = "typing" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_Positions_Are_Not_Told_And_Not_Shown(bool isSettled)
    {
        await Bob.TellAsync(Sara, "one").Is(201);
        await Bob.TellAsync(Sara, "two").Is(201);
        await Sara.ReadAsync(Bob.PrivatePath(), 1).Is(204);
        if (isSettled)
        {
            await Sara.GetAsync("/chat/").Is(200);
        }

        Assert.Equal($"{Sara.Username}:1", await Bob.ReadsAsync(Sara.PrivatePath()));
        await using ChatSocket his = await Bob.OpenNotificationsAsync();
        await using ChatSocket hers = await Sara.OpenNotificationsAsync();
        await BlockAsync();

        await Sara.ReadAsync(Bob.PrivatePath(), 2).Is(204);

        JsonElement own = await hers.ReceiveAsync(); // One's own devices hear it.
        Assert.Equal(("read", 2), (own.Text("kind"), own.Number("id")));
        Assert.Equal(0, (await Sara.GetAsync("/chat/").Is(200)).Json.List("private_chats")[0].Number("unread"));
        Assert.Equal("", await Bob.ReadsAsync(Sara.PrivatePath()));
        await UnblockAsync();
        Assert.Equal($"{Sara.Username}:1", await Bob.ReadsAsync(Sara.PrivatePath())); // What she read meanwhile is not told later.
        await Sara.ReadAsync(Bob.PrivatePath(), 2).Is(204);
        JsonElement frame = await his.ReceiveAsync(); // The first that he hears.
        Assert.Equal(("read", 2), (frame.Text("kind"), frame.Number("id")));
        Assert.Empty(his.TakeReceived());
    }

    [Fact]
    public async Task Neither_Sees_The_Other_Online()
    {
        await Bob.TellAsync(Sara).Is(201);
        await using ChatSocket hers = await Sara.OpenNotificationsAsync();
        await using ChatSocket his = await Bob.OpenNotificationsAsync();
        await BlockAsync();

        Assert.False(await IsOnlineAsync(Bob, Sara));
        Assert.False(await IsOnlineAsync(Sara, Bob));

        await UnblockAsync();
        Assert.True(await IsOnlineAsync(Bob, Sara));
        Assert.True(await IsOnlineAsync(Sara, Bob));
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("blocker")]
    public async Task Nobody_Is_Told_That_The_Other_Comes_And_Goes(string who)
    {
        ChatUser mina = await Host.SignedInAsync();
        (ChatUser coming, ChatUser other) = who is "blocked" ? (Bob, Sara) : (Sara, Bob);
        await coming.TellAsync(other).Is(201);
        await coming.TellAsync(mina).Is(201);
        await coming.GetAsync("/chat/").Is(200); // Settles the rows, so that it is the mark that makes the head be asked.
        await BlockAsync();
        await using ChatSocket others = await other.OpenNotificationsAsync();
        await using ChatSocket onChannel = await other.OpenPrivateAsync(coming);
        await using ChatSocket minas = await mina.OpenNotificationsAsync();

        for (int times = 0; times < 2; times++)
        {
            await ComeAndGoAsync(minas);
        }

        await UnblockAsync();
        await ComeAndGoAsync(minas, others, onChannel);
        Assert.All(new[] { minas, others, onChannel }, socket => Assert.Empty(socket.TakePresence())); // What had been told before would have come before.

        async Task ComeAndGoAsync(params ChatSocket[] hearing)
        {
            ChatSocket socket = await coming.OpenNotificationsAsync();
            await ExpectAsync(isOnline: true, hearing);
            await socket.DisposeAsync();
            await ExpectAsync(isOnline: false, hearing);
        }

        async Task ExpectAsync(bool isOnline, ChatSocket[] hearing)
        {
            foreach (ChatSocket socket in hearing)
            {
                Assert.Equal(isOnline, (await socket.ReceivePresenceAsync()).GetProperty("online").GetBoolean());
            }
        }
    }

    [Fact]
    public async Task Nobody_Is_Told_That_The_Other_Is_On_The_Channel()
    {
        await Bob.TellAsync(Sara).Is(201);
        await BlockAsync();
        await using ChatSocket hers = await Sara.OpenNotificationsAsync();
        await Calls.WaitForAsync("GET /api/hubs/notifications/groups/u-"); // She comes, too.
        ConcurrentBag<string> told = [];
        Calls.Before = message =>
        {
            told.Add($"{message.Request.Method} {message.Request.Uri.Path}");
            return Task.CompletedTask;
        };

        await ComeAndGoAsync();
        await UnblockAsync();
        await ComeAndGoAsync();

        Assert.Equal((true, false), ((await hers.ReceivePresenceAsync()).GetProperty("online").GetBoolean(), (await hers.ReceivePresenceAsync()).GetProperty("online").GetBoolean()));
        Assert.Equal(2, told.Count(call => call is "POST /api/hubs/notifications/:send"));

        async Task ComeAndGoAsync()
        {
            await using (await Bob.OpenPrivateAsync(Sara))
            {
                await Calls.WaitForAsync(OnChannel); // Whether it is the only one.
            }

            await Calls.WaitForAsync(OnChannel); // Whether another is left.
        }
    }

    private async Task<bool> IsOnlineAsync(ChatUser user, ChatUser other)
    {
        Wait();
        return (await user.GetAsync(other.PrivatePath() + "presence/").Is(200)).Json.GetProperty("online").GetBoolean();
    }
}
