using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Reliability;

/// <summary>Twenty clients, two thousand messages, sockets cut at random, the emulator restarted, the function app killed twice: in the end all hold the same list.</summary>
public sealed class NothingLostTests(AzuriteFixture azurite)
{
    private const int Devices = 20;
    private const int MessagesEach = 100;
    private const string Slug = "طوفان";

    [Fact]
    public async Task In_The_End_All_Hold_The_Same_List_And_Every_Message_Once()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        await using ChaosChain chain = await ChaosChain.StartAsync(azurite.NewConnectionString());
        ChatDevice[] devices = await GatherAsync(chain, cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] listening = [.. devices.Select(device => Task.Run(() => device.ListenAsync(end.Token), cancellation))];

        int acknowledged = 0;
        Task sending = Task.WhenAll(devices.Select((device, index) => Task.Run(
            () => device.SendAllAsync(Enumerable.Range(0, MessagesEach).Select(i => $"پیام {index}/{i}"), () => Interlocked.Increment(ref acknowledged), cancellation),
            cancellation)));
        Task restarts = RestartAsync(chain, () => Volatile.Read(ref acknowledged), sending);
        int cuts = await CutAsync(devices, sending, new Random(seed));
        await sending;
        await restarts;
        await Task.WhenAll(devices.Select(device => device.CatchUpAsync(cancellation)));
        await end.CancelAsync();
        await Task.WhenAll(listening);

        string[] shown = devices[0].Shown;
        Assert.All(devices, device => Assert.Equal(shown, device.Shown));
        Assert.Equal(Devices * MessagesEach, shown.Length);
        Assert.Equal(shown.Length, shown.Select(message => message.Split(' ', 2)[1]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Devices * MessagesEach, acknowledged);

        // It was a storm, and not a calm day.
        Assert.InRange(cuts, 20, int.MaxValue);
        Assert.InRange(devices.Sum(device => device.Connects), Devices * 2, int.MaxValue);
        Assert.InRange(devices.Sum(device => device.Repeats), 1, int.MaxValue);
        Array.ForEach(devices, device => device.Dispose());
    }

    /// <summary>A quarter of the way, halfway, and after three quarters.</summary>
    private static async Task RestartAsync(ChaosChain chain, Func<int> progress, Task sending)
    {
        const int Quarter = Devices * MessagesEach / 4;
        await Eventually.Async(() => progress() >= Quarter || sending.IsCompleted, "a quarter");
        await chain.RestartAppAsync();
        await Eventually.Async(() => progress() >= 2 * Quarter || sending.IsCompleted, "a half");
        await chain.RestartEmulatorAsync();
        await Eventually.Async(() => progress() >= 3 * Quarter || sending.IsCompleted, "three quarters");
        await chain.RestartAppAsync();
    }

    private static async Task<int> CutAsync(ChatDevice[] devices, Task sending, Random random)
    {
        int cuts = 0;
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 120)), TimeProvider.System, TestContext.Current.CancellationToken));
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
