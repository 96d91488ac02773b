using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Addresses 3 and 8: reading a log page by page.</summary>
public abstract class PageTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task An_Empty_Log_Has_An_Empty_Page()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync("private");

        foreach ((string path, string head) in new[] { (room.Path, "group"), ("/chat/chat/private/" + sara.Username, "with") })
        {
            JsonElement page = (await sara.GetAsync(path).Is(200)).Json.HasExactly(head, "messages", "before", "last_id", "reads");
            Assert.Empty(page.List("messages"));
            Assert.Equal(JsonValueKind.Null, page.GetProperty("before").ValueKind);
            Assert.Equal(0, page.Number("last_id"));
            JsonElement after = (await sara.GetAsync(path + "?after=0").Is(200)).Json.HasExactly(head, "messages", "before", "last_id", "more", "reads");
            Assert.False(after.GetProperty("more").GetBoolean());
            Assert.Empty(after.List("reads"));
            Assert.Empty((await sara.GetAsync(path + "?before=1").Is(200)).Json.HasExactly(head, "messages", "before", "last_id").Ids());
        }
    }

    [Fact]
    public async Task Pages_Go_Back_And_Forth_Without_A_Hole()
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();
        foreach (string path in new[] { room.Path, $"/chat/chat/private/{sara.Username}/" })
        {
            foreach (int wave in Enumerable.Range(0, 3))
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(i => sara.PostAsync(path, new { message = $"{wave}.{i}" }).Is(201)));
            }

            await Expected(sara, path, "", 11, 60, before: 11, more: null);
            await Expected(sara, path, "?limit=200", 1, 60, before: null, more: null);
            await Expected(sara, path, "?limit=1", 60, 60, before: 60, more: null);
            await Expected(sara, path, "?before=11", 1, 10, before: null, more: null);
            await Expected(sara, path, "?before=11&limit=4", 7, 10, before: 7, more: null);
            await Expected(sara, path, "?before=1", 1, 0, before: null, more: null);
            await Expected(sara, path, "?before=1000", 11, 60, before: 11, more: null);
            await Expected(sara, path, "?after=0", 1, 50, before: null, more: true);
            await Expected(sara, path, "?after=50", 51, 60, before: 51, more: false);
            await Expected(sara, path, "?after=50&limit=10", 51, 60, before: 51, more: false);
            await Expected(sara, path, "?after=50&limit=9", 51, 59, before: 51, more: true);
            await Expected(sara, path, "?after=60", 1, 0, before: 61, more: false);
            await Expected(sara, path, "?after=1000", 1, 0, before: 61, more: false);
        }
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?limit=x", "limit")]
    [InlineData("?before=0", "before")]
    [InlineData("?before=-1", "before")]
    [InlineData("?after=-1", "after")]
    [InlineData("?after=1.5", "after")]
    [InlineData("?after=99999999999999999999", "after")]
    [InlineData("?after=", "after")]
    [InlineData("?before=1&after=1", "after")]
    [InlineData("?before=x&limit=x", "before", "limit")]
    public async Task A_Page_That_Can_Not_Be_Is_Refused(string query, params string[] fields)
    {
        ChatUser sara = await _host.SignedInAsync();
        Room room = await sara.OpenAsync();

        await sara.GetAsync(room.Path + query).IsProblem(400, "invalid_request", fields);
        await sara.GetAsync($"/chat/private/{sara.Username}/{query}").IsProblem(400, "invalid_request", fields);
    }

    private static async Task Expected(ChatUser user, string path, string query, int first, int last, int? before, bool? more)
    {
        JsonElement page = (await user.GetAsync(path + query).Is(200)).Json;
        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(i => (long)i), page.Ids());
        JsonElement cursor = page.GetProperty("before");
        Assert.Equal(before, cursor.ValueKind == JsonValueKind.Null ? null : cursor.GetInt32());
        Assert.Equal(60, page.Number("last_id"));
        Assert.Equal(more, page.TryGetProperty("more", out JsonElement value) ? value.GetBoolean() : null);
    }
}
