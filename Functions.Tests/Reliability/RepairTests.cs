using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Blocks;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Reliability;

/// <summary>
/// Every change that writes to two partitions is cut off before each of its writes, as if the app had died there. What a later
/// instance then shows is the truth, whichever it became; what the dead one left behind is gone; and the change can be made again.
/// </summary>
public sealed class RepairTests(AzuriteFixture azurite)
{
    /// <summary>The most writes that any of the changes makes.</summary>
    private const int MostWrites = 8;

    /// <summary>By whom, and what: s = Sara, the owner; b = Bob, an admin; m = Mina, a member; o = Omid, a stranger.</summary>
    private static readonly Dictionary<string, (char Who, Func<ChatUser, Cast, Task<ApiAnswer>> Act)> Changes = new(StringComparer.Ordinal)
    {
        ["create a public group"] = ('o', (user, _) => user.PostAsync("/chat/create_group/", new { group_name = "تازه", slug = "new", type = "public" })),
        ["create a private group"] = ('o', (user, _) => user.PostAsync("/chat/create_group/", new { group_name = "new", slug = "new", type = "private" })),
        ["join"] = ('o', (user, _) => user.PostAsync("/chat/group/open/join/")),
        ["join by a post"] = ('o', (user, _) => user.PostAsync("/chat/group/open/", new { message = "hi", client_id = "1" })),
        ["leave"] = ('m', (user, _) => user.PostAsync("/chat/group/open/leave/")),
        ["invite"] = ('b', (user, cast) => user.SendAsync(HttpMethod.Put, $"/chat/group/open/members/{cast['o'].Username}/", new { role = "member" })),
        ["name an admin"] = ('s', (user, cast) => user.SendAsync(HttpMethod.Put, $"/chat/group/open/members/{cast['m'].Username}/", new { role = "admin" })),
        ["hand over"] = ('s', (user, cast) => user.SendAsync(HttpMethod.Put, $"/chat/group/open/members/{cast['b'].Username}/", new { role = "owner" })),
        ["remove a member"] = ('b', (user, cast) => user.SendAsync(HttpMethod.Delete, $"/chat/group/open/members/{cast['m'].Username}/")),
        ["rename"] = ('b', (user, _) => user.SendAsync(HttpMethod.Patch, "/chat/group/open/", new { group_name = "renamed" })),
        ["make private"] = ('s', (user, _) => user.SendAsync(HttpMethod.Patch, "/chat/group/open/", new { type = "private" })),
        ["delete"] = ('s', (user, _) => user.PostAsync("/chat/delete_group/open/")),
        ["first private message"] = ('s', (user, cast) => user.PostAsync($"/chat/private/{cast['o'].Username}/", new { message = "سلام", client_id = "1" })),
        ["block a stranger"] = ('s', (user, cast) => user.BlockAsync(cast['o'])),
        ["block"] = ('m', (user, cast) => user.BlockAsync(cast['b'])),
        ["unblock a stranger"] = ('b', (user, cast) => user.UnblockAsync(cast['o'])),
        ["unblock"] = ('b', (user, cast) => user.UnblockAsync(cast['m'])),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_Change_That_Is_Cut_Off_Anywhere_Is_Repaired(string change)
    {
        (char who, Func<ChatUser, Cast, Task<ApiAnswer>> act) = Changes[change];
        int cuts = 0;
        for (int write = 1; write <= MostWrites + 1; write++)
        {
            await using Stage stage = await Stage.SetAsync(azurite);
            stage.Proxy.Fault = TableFaults.CrashBeforeWrite(write);
            ApiAnswer first = await act(stage.Cast[who], stage.Cast);
            bool wasCut = stage.Proxy.Requests.Any(request => request.Fault != FaultAction.None);
            stage.Proxy.Reset();
            Assert.True(wasCut ? first.Status is 503 or < 300 : first.Status < 300, $"{change}, cut at {write}: {first}");

            Cast later = await stage.RestartAsync();
            await Truth.CheckAsync(stage, later, $"{change}, cut at {write}");
            ApiAnswer again = await act(later[who], later);
            Assert.True(again.Status < 300 || IsFineAgain(change, again), $"{change} again after a cut at {write}: {again}");
            await Truth.CheckAsync(stage, later, $"{change}, again after a cut at {write}");
            if (!wasCut)
            {
                Assert.InRange(cuts, 1, MostWrites);
                return;
            }

            cuts++;
        }

        Assert.Fail($"{change}: more than {MostWrites} writes.");
    }

    /// <summary>The change was made the first time, so the same again has nothing left to do.</summary>
    private static bool IsFineAgain(string change, ApiAnswer again) => change switch
    {
        "create a public group" or "create a private group" => again.Code is "slug_taken",
        "hand over" => again.Code is "forbidden", // The caller is no longer the owner.
        "delete" or "remove a member" => again.Code is "not_found",
        _ => false,
    };
}

/// <summary>The people of a test, by their first letter.</summary>
internal sealed class Cast(IReadOnlyDictionary<char, ChatUser> users)
{
    public ChatUser this[char letter] => users[letter];

    public IEnumerable<ChatUser> All => users.Values;

    public Cast Without(char letter) => new(users.Where(user => user.Key != letter).ToDictionary());

    public Cast On(ChatHost host) => new(users.ToDictionary(user => user.Key, user => user.Value with { Client = host.SignedIn(user.Value.Token) }));
}

/// <summary>A public group "open" with an owner, an admin and a member, and a stranger; the admin blocks the member, with whom they have a chat, and the stranger. A storage that can be cut.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<ChatHost> _hosts = [];

    private Stage(TableProxy proxy) => Proxy = proxy;

    public TableProxy Proxy { get; }

    public Cast Cast { get; private set; } = null!;

    public ChatTables Tables => new(new TableServiceClient(Proxy.ConnectionString));

    public static async Task<Stage> SetAsync(AzuriteFixture azurite)
    {
        var stage = new Stage(await TableProxy.StartAsync(azurite.NewConnectionString()));
        ChatHost host = await stage.StartAsync();
        ChatUser[] users = await Task.WhenAll("sbmo".Select(letter => host.SignedInAsync(letter + Keys.NewId()[..8])));
        stage.Cast = new Cast(users.ToDictionary(user => user.Username[0]));
        Assert.Equal(201, (await stage.Cast['s'].PostAsync("/chat/create_group/", new { group_name = "باز", slug = "open", type = "public" })).Status);
        Assert.Equal(200, (await stage.Cast['s'].SendAsync(HttpMethod.Put, $"/chat/group/open/members/{stage.Cast['b'].Username}/", new { role = "admin" })).Status);
        Assert.Equal(204, (await stage.Cast['m'].PostAsync("/chat/group/open/join/")).Status);
        await stage.Tables.Sweep.CreateIfNotExistsAsync(TestContext.Current.CancellationToken); // Else its creation counts as a write.
        await stage.Cast['b'].TellAsync(stage.Cast['m']).Is(201);
        await stage.Cast['b'].BlockAsync(stage.Cast['m']).Is(204);
        await stage.Cast['b'].BlockAsync(stage.Cast['o']).Is(204);
        await Task.WhenAll(users.Select(user => user.GetAsync("/chat/")));
        stage.Proxy.Reset();
        return stage;
    }

    /// <summary>Another instance that knows nothing of the first, at a time when no request of the first can still be running.</summary>
    public async Task<Cast> RestartAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(10));
        return Cast.On(await StartAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChatHost host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Proxy.DisposeAsync();
    }

    private async Task<ChatHost> StartAsync()
    {
        var retries = new TableClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } };
        ChatHost host = await ChatHost.StartAsync(Proxy.ConnectionString, new ChatHostOptions
        {
            Time = _time,
            ErrorsAreExpected = true,
            Configure = builder => builder.Services.AddSingleton(new TableServiceClient(Proxy.ConnectionString, retries)),
        });
        _hosts.Add(host);
        return host;
    }
}
