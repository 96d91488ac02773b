using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Reliability;

/// <summary>
/// Twenty clients, fourteen hundred messages, edits, deletions and reactions, sockets cut at random, the emulator restarted, the function app killed twice: in the end all hold
/// the same list, each message in the same state, and what was deleted or edited away is nowhere.
/// </summary>
public sealed class NothingLostTests(AzuriteFixture azurite)
{
    private const int Devices = 20;
    private const int ActsEach = 70;
    private const string Slug = "طوفان";

    [Fact]
    public async Task In_The_End_All_Hold_The_Same_List_And_Every_Message_Once()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        string storage = azurite.NewConnectionString();
        await using ChaosChain chain = await ChaosChain.StartAsync(storage);
        ChatDevice[] devices = await GatherAsync(chain, cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] listening = [.. devices.Select(device => Task.Run(() => device.ListenAsync(end.Token), cancellation))];

        var acknowledged = new Acknowledged();
        Task acting = Task.WhenAll(devices.Select((device, index) => Task.Run(
            () => device.ActAsync(ActsEach, new Random(seed + index), mayDeleteAny: index == 0, acknowledged, cancellation), cancellation)));
        Task restarts = RestartAsync(chain, acknowledged, acting);
        int cuts = await CutAsync(devices, acting, new Random(seed));
        await await Task.WhenAny([acting, .. listening]); // Who can't listen any more has found something, and would wait for ever.
        await restarts;
        await Task.WhenAll(devices.Select(device => device.CatchUpAsync(cancellation)));
        await end.CancelAsync();
        await Task.WhenAll(listening);

        Assert.Equal(Devices * ActsEach, acknowledged.Count);
        FreshReader fresh = await FreshReader.ReadAsync(devices[^1], cancellation);
        fresh.Check(acknowledged);
        Assert.All(devices, device => Assert.Equal(fresh.Messages, device.Log.Messages.Select(message => message.ToString())));
        await fresh.CheckStorageAsync(storage, Slug, cancellation);

        // It was a storm, and not a calm day.
        Assert.InRange(cuts, 20, int.MaxValue);
        Assert.InRange(devices.Sum(device => device.Connects), Devices * 2, int.MaxValue);
        Assert.InRange(devices.Sum(device => device.Repeats), 1, int.MaxValue);
        Array.ForEach(devices, device => device.Dispose());
    }

    /// <summary>A quarter of the way, halfway, and after three quarters.</summary>
    private static async Task RestartAsync(ChaosChain chain, Acknowledged progress, Task acting)
    {
        const int Quarter = Devices * ActsEach / 4;
        await Eventually.Async(() => progress.Count >= Quarter || acting.IsCompleted, "a quarter");
        await chain.RestartAppAsync();
        await Eventually.Async(() => progress.Count >= 2 * Quarter || acting.IsCompleted, "a half");
        await chain.RestartEmulatorAsync();
        await Eventually.Async(() => progress.Count >= 3 * Quarter || acting.IsCompleted, "three quarters");
        await chain.RestartAppAsync();
    }

    private static async Task<int> CutAsync(ChatDevice[] devices, Task acting, Random random)
    {
        int cuts = 0;
        while (!acting.IsCompleted)
        {
            await Task.WhenAny(acting, Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 120)), TimeProvider.System, TestContext.Current.CancellationToken));
            devices[random.Next(devices.Length)].Cut();
            cuts++;
        }

        return cuts;
    }

    /// <summary>People who are members of one group, a device each.</summary>
    private static async Task<ChatDevice[]> GatherAsync(ChaosChain chain, CancellationToken cancellationToken)
    {
        using var owner = await SignInAsync(chain, "user0", cancellationToken);
        using HttpResponseMessage created = await owner.PostAsJsonAsync("/chat/create_group/", new { group_name = Slug, slug = Slug, type = "public" }, cancellationToken);
        Assert.Equal(201, (int)created.StatusCode);
        var devices = new ChatDevice[Devices];
        for (int i = 0; i < Devices; i++)
        {
            HttpClient http = await SignInAsync(chain, $"user{i}", cancellationToken);
            using HttpResponseMessage joined = await http.PostAsync(new Uri($"/chat/group/{Slug}/join/", UriKind.Relative), content: null, cancellationToken);
            Assert.Equal(204, (int)joined.StatusCode);
            devices[i] = new ChatDevice((DeviceKind)(i % 3), http, $"user{i}", Slug);
        }

        return devices;
    }

    private static async Task<HttpClient> SignInAsync(ChaosChain chain, string username, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = chain.Address, Timeout = TimeSpan.FromSeconds(10) };
        (await http.PostAsJsonAsync("/chat/register/", new { username, password1 = "saffron rice 7", password2 = "saffron rice 7" }, cancellationToken)).Dispose();
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/chat/login/", new { username, password = "saffron rice 7" }, cancellationToken);
        JsonElement session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        return http;
    }
}
