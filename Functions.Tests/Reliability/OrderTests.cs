using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Reliability;

/// <summary>In which order a client that is never cut gets what eight people send at once, over sockets and HTTP.</summary>
public sealed class OrderTests(SocketChain chain, AzuriteFixture azurite) : IClassFixture<SocketChain>
{
    private const int Senders = 8;
    private const int Each = 50;

    [Fact]
    public async Task Ids_Rise_By_One_On_The_Channel_And_On_Notifications()
    {
        ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => chain.Host.SignedInAsync()));
        Room room = await users[0].OpenAsync();
        await Task.WhenAll(users.Skip(1).Select(user => room.AddAsync(user)));
        await using ChatSocket channel = await users[0].OpenGroupAsync(room);
        await using ChatSocket notifications = await users[1].OpenNotificationsAsync();

        await Task.WhenAll(users.Select((user, index) => SendAsync(user, room, bySocket: index % 2 == 0)));

        IEnumerable<long> all = Enumerable.Range(1, Senders * Each).Select(id => (long)id);
        Assert.Equal(all, await IdsAsync(channel));
        Assert.Equal(all, await IdsAsync(notifications));
    }

    [Fact]
    public async Task With_Two_Instances_Frames_May_Cross_And_Every_Hole_Is_Filled_By_After()
    {
        string storage = azurite.NewConnectionString();
        (global::Emulator.WebPubSubEmulator emulator, ChatHost one) = await SocketChain.StartAsync(storage);
        await using (emulator)
        await using (one)
        {
            await using ChatHost two = await ChatHost.StartAsync(storage, new ChatHostOptions
            {
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WebPubSub:ConnectionString"] = emulator.ConnectionString },
            });
            ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => one.SignedInAsync()));
            Room room = await users[0].OpenAsync();
            await using ChatSocket socket = await users[0].OpenGroupAsync(room);
            await Task.WhenAll(users.Select((user, index) => SendAsync(index % 2 == 0 ? user : user.On(two), room, bySocket: false)));

            long last = 0;
            while (last < Senders * Each)
            {
                long id = (await socket.ReceiveAsync()).Number("id");
                if (id > last + 1)
                {
                    JsonElement[] missed = (await users[0].GetAsync($"{room.Path}?after={last}&limit=200").Is(200)).Json.List("messages");
                    Assert.Equal(Enumerable.Range((int)last + 1, missed.Length).Select(n => (long)n), missed.Select(message => message.Number("id")));
                    last = missed[^1].Number("id");
                }

                last = Math.Max(last, id);
            }
        }
    }

    private static async Task SendAsync(ChatUser user, Room room, bool bySocket)
    {
        await using ChatSocket? socket = bySocket ? await user.OpenGroupAsync(room) : null;
        for (int i = 0; i < Each; i++)
        {
            if (socket is null)
            {
                await user.SayAsync(room, $"m{i}").Is(201);
            }
            else
            {
                await socket.SendAsync(new { message = $"m{i}" });
                while ((await socket.ReceiveAsync()).Text("user") != user.Username)
                {
                    // Others'.
                }
            }
        }
    }

    private static async Task<List<long>> IdsAsync(ChatSocket socket)
    {
        var ids = new List<long>();
        while (ids.Count < Senders * Each)
        {
            ids.Add((await socket.ReceiveAsync()).Number("id"));
        }

        return ids;
    }
}
