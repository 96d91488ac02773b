using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Exporting;

/// <summary><c>GET /chat/profile/export/</c>: how it is streamed, and what of it is seen when it is cut off.</summary>
public sealed class ExportTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableProxy _proxy = null!;
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await TableProxy.StartAsync(azurite.NewConnectionString());
        _host = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task In_Parts_It_Is_The_Same()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await bob.OpenAsync();
        await room.FillAsync(1100, i => i % 2 == 0 ? sara : bob);
        await sara.OpenAsync("private");
        await sara.PostAsync($"/chat/private/{bob.Username}/", new { message = "hi" }).Is(201);
        string whole = (await sara.ExportAsync()).ToString();
        await using ChatHost hasty = await StartAsync(("Accounts:ExportTime", "00:00:00.001"));

        ExportedLines first = await sara.On(hasty).ExportAsync();
        ExportedLines parts = await sara.On(hasty).ExportAllAsync();

        Assert.Equal("more", first.Last.HasExactly("type", "after", "lines").Text("type"));
        Assert.Equal(550 + 1, parts.Of("message").Count());
        Assert.Equal(whole[..whole.LastIndexOf('\n')], parts.ToString()[..parts.ToString().LastIndexOf('\n')]);
    }

    [Fact]
    public async Task Who_Joins_And_Leaves_Between_Two_Answers_Gets_Each_Group_Once()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room[] rooms = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bob.OpenAsync()));
        foreach (Room room in rooms)
        {
            await sara.SayAsync(room, "in " + room.Slug).Is(201);
            await bob.SendAsync(HttpMethod.Put, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("👍")}/").Is(204);
        }

        foreach (Room room in rooms[..2])
        {
            await sara.PostAsync(room.Path + "leave/").Is(204);
        }

        await using ChatHost hasty = await StartAsync(("Accounts:ExportTime", "00:00:00.001"));
        ExportedLines all = await sara.On(hasty).ExportAllAsync(async () =>
        {
            await sara.PostAsync(rooms[0].Path + "join/").Is(204);
            await sara.PostAsync(rooms[3].Path + "leave/").Is(204);
        });

        Assert.Equal(
            rooms.Select(room => "in " + room.Slug).Order(StringComparer.Ordinal), all.Of("message").Select(line => line.Text("message")!).Order(StringComparer.Ordinal));
        JsonElement left = all.Of("message").Single(line => line.Text("group") == rooms[1].Slug);
        Assert.False(left.TryGetProperty("reactions", out _) || left.TryGetProperty("revision", out _)); // What others did there is not for who has left.
        Assert.True(all.Of("message").Single(line => line.Text("group") == rooms[2].Slug).TryGetProperty("reactions", out _));
    }

    [Fact]
    public async Task What_Was_Read_Is_Sent_Before_The_Rest_Is_Read()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _proxy.Gate = request => request is { Kind: TableRequestKind.Query, Table: "conversations" } ? go.Task : Task.CompletedTask;
        using HttpResponseMessage response = await sara.Client.GetAsync(
            new Uri(Exports.Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        string? profile = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        ApiAnswer second = await sara.GetAsync(Exports.Path);
        go.SetResult();

        Assert.Contains(sara.Username, profile, StringComparison.Ordinal);
        second.IsProblem(429, "too_many_requests");
        Assert.NotNull(second.Header("Retry-After"));
        string rest = await lines.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("""{"type":"end","lines":4}""" + "\n", rest, StringComparison.Ordinal);
        await sara.ExportAsync();
    }

    [Fact]
    public async Task An_Answer_That_Is_Cut_Off_Shows_It()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        _proxy.Fault = request => request is { Kind: TableRequestKind.Query, Table: "conversations" } ? FaultAction.Refuse : FaultAction.None;
        using HttpResponseMessage response = await sara.Client.GetAsync(
            new Uri(Exports.Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        List<string> read = [];
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                read.Add(line);
            }
        });

        Assert.True(failure is HttpRequestException or IOException, failure.ToString());
        Assert.Contains(read, line => line.Contains("profile", StringComparison.Ordinal));
        Assert.DoesNotContain(read, line => line.Contains("\"end\"", StringComparison.Ordinal) || line.Contains("\"more\"", StringComparison.Ordinal));
        _proxy.Reset();
        await sara.ExportAsync();
    }

    [Fact]
    public async Task Before_Its_First_Line_A_Failure_Is_A_Problem()
    {
        ChatUser sara = await _host.SignedInAsync();
        _proxy.Fault = static _ => FaultAction.Refuse;
        await sara.GetAsync(Exports.Path).IsProblem(503, "unavailable");
    }

    private Task<ChatHost> StartAsync(params (string Name, string Value)[] settings) => ChatHost.StartAsync(_proxy.ConnectionString, new ChatHostOptions
    {
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value, StringComparer.Ordinal),
    });
}
