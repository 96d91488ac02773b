using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Reliability;

/// <summary>Two instances, fifty senders, two thousand messages to one group.</summary>
public sealed class StormTests(AzuriteFixture azurite)
{
    private const int Users = 10;
    private const int Senders = 50;
    private const int MessagesEach = 40;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_Is_Lost_Or_Doubled(bool withFaults)
    {
        await using TableProxy proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        await using ChatHost one = await ChatHost.StartAsync(proxy.ConnectionString);
        await using ChatHost other = await ChatHost.StartAsync(proxy.ConnectionString);
        ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => one.SignedInAsync()));
        string group = $"/chat/group/{await CreateGroupAsync(users[0])}/";
        if (withFaults)
        {
            proxy.Fault = TableFaults.Any(
                TableFaults.Every(10, FaultAction.ForwardThenDrop), TableFaults.Every(10, FaultAction.Refuse), TableFaults.Every(23, FaultAction.ForwardThenRefuse));
        }

        var storm = new Storm([one, other], users, group);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(storm.SendAllAsync));

        proxy.Fault = null;
        List<Shown> history = await ReadAllAsync(one.SignedIn(users[0].Token), group);
        Assert.Equal(history, await ReadAllAsync(other.SignedIn(users[1].Token), group));
        storm.Check(history);
        Assert.True(!withFaults || proxy.Requests.Count(request => request.Fault != FaultAction.None) > 20);
    }

    private static async Task<string> CreateGroupAsync(ChatUser owner)
    {
        string slug = "storm-" + Storage.Keys.NewId()[..8];
        ApiAnswer created = await owner.PostAsync("/chat/create_group/", new { group_name = "طوفان", slug, type = "public" });
        Assert.Equal(201, created.Status);
        return slug;
    }

    private static async Task<List<Shown>> ReadAllAsync(HttpClient client, string group)
    {
        var history = new List<Shown>();
        bool more = true;
        while (more)
        {
            ApiAnswer page = await client.GetJsonAsync($"{group}?after={history.Count}&limit=200");
            Assert.Equal(200, page.Status);
            history.AddRange(page.Json.GetProperty("messages").EnumerateArray().Select(Shown.Of));
            more = page.Json.GetProperty("more").GetBoolean();
        }

        return history;
    }

    private sealed record Shown(long Id, string Message, string User)
    {
        public static Shown Of(JsonElement message) => new(
            message.GetProperty("id").GetInt64(), message.GetProperty("message").GetString()!, message.GetProperty("user").GetString()!);
    }

    /// <summary>Sends, and remembers what was answered.</summary>
    private sealed class Storm(ChatHost[] hosts, ChatUser[] users, string group)
    {
        private readonly ConcurrentDictionary<string, long> _answered = new(StringComparer.Ordinal);
        private int _repeats;

        /// <summary>Every second message has a <c>client_id</c> and is sent until it is answered; every third of all is sent again, to the other instance.</summary>
        public async Task SendAllAsync(int sender)
        {
            ChatUser user = users[sender % users.Length];
            using HttpClient here = hosts[sender % 2].SignedIn(user.Token);
            using HttpClient there = hosts[(sender + 1) % 2].SignedIn(user.Token);
            for (int i = 0; i < MessagesEach; i++)
            {
                (string text, string id) = ($"پیام {sender}/{i} 🌊", $"{sender}/{i}");
                bool isRepeated = i % 3 == 0;
                await SendAsync(here, text, isRepeated || i % 2 == 0 ? id : null);
                if (isRepeated)
                {
                    Interlocked.Increment(ref _repeats);
                    await SendAsync(there, text, id);
                }
            }
        }

        public void Check(List<Shown> history)
        {
            Assert.Equal(Enumerable.Range(1, history.Count).Select(id => (long)id), history.Select(message => message.Id));
            Dictionary<string, long> stored = history.ToDictionary(message => message.Message, message => message.Id, StringComparer.Ordinal);
            Assert.All(_answered, answer => Assert.Equal(answer.Value, stored[answer.Key]));
            Assert.Equal(700, _repeats);
            Assert.InRange(_answered.Count, Senders * MessagesEach * 9 / 10, history.Count);
        }

        private async Task SendAsync(HttpClient client, string text, string? clientId)
        {
            while (true)
            {
                ApiAnswer answer = await client.PostJsonAsync(group, clientId is null ? new { message = text } : new { message = text, client_id = clientId });
                if (answer.Status is 200 or 201)
                {
                    long id = answer.Json.GetProperty("id").GetInt64();
                    Assert.Equal(id, _answered.GetOrAdd(text, id));
                    return;
                }

                Assert.Equal("unavailable", answer.Code);
                if (clientId is null)
                {
                    return;
                }
            }
        }
    }
}
