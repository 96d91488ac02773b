using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Reliability;

/// <summary>Somebody who was not there and reads the whole log, page by page from its end: messages as the pages show them, whatever the events say.</summary>
internal sealed partial class FreshReader
{
    private readonly string _username;
    private readonly JsonElement[] _entries;
    private readonly ShownMessage[] _shown;
    private HashSet<string> _gone = [];

    private FreshReader(string username, JsonElement[] entries)
    {
        _username = username;
        _entries = entries;
        _shown = [.. entries.Where(entry => !entry.TryGetProperty("event", out _)).Select(ShownMessage.Of)];
    }

    public IEnumerable<string> Messages => _shown.Select(message => message.ToString());

    public static async Task<FreshReader> ReadAsync(ChatDevice device, CancellationToken cancellationToken)
    {
        var pages = new List<JsonElement[]>();
        for (JsonElement? before = null; before is not { ValueKind: JsonValueKind.Null };)
        {
            JsonElement page = await device.ReadAsync($"?limit=200{(before is null ? "" : "&before=" + before)}", cancellationToken);
            pages.Add([.. page.GetProperty("messages").EnumerateArray()]);
            before = page.GetProperty("before");
        }

        pages.Reverse();
        return new FreshReader(device.Username, [.. pages.SelectMany(page => page)]);
    }

    /// <summary>Ids without a hole, every message once and as everybody was told, and as the events make it; no text that is gone.</summary>
    public void Check(Acknowledged acknowledged)
    {
        Assert.Equal(Enumerable.Range(1, _entries.Length).Select(id => (long)id), _entries.Select(entry => entry.GetProperty("id").GetInt64()));
        Assert.Equal(_shown.Length, _shown.Select(message => $"{message.User} {message.ClientId}").Distinct(StringComparer.Ordinal).Count());
        acknowledged.Check(_shown);
        foreach (JsonElement message in _entries)
        {
            JsonElement[] reactions = message.TryGetProperty("reactions", out JsonElement found) ? [.. found.EnumerateArray()] : [];
            Assert.All(reactions, reaction => Assert.Equal(
                acknowledged.Has(message.GetProperty("id").GetInt64(), reaction.GetProperty("emoji").GetString()!, _username), reaction.TryGetProperty("mine", out _)));
        }

        var replayed = new DeviceLog();
        Array.ForEach(_entries, replayed.Append);
        Assert.Equal(Messages, replayed.Messages.Select(message => message.ToString()));

        _gone = acknowledged.Gone(_shown);
        Assert.InRange(_gone.Count, 50, int.MaxValue);
        Assert.All(_entries, entry => AssertNothingGone(entry.GetRawText(), entry.TryGetProperty("message", out JsonElement text) ? text.GetString() : null));
    }

    /// <summary>No row of the conversation holds a text that was deleted or edited away.</summary>
    public async Task CheckStorageAsync(string storage, string slug, CancellationToken cancellationToken)
    {
        int rows = 0;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Group(Slug.Parse(slug)!)} and RowKey ge {"a"} and RowKey lt {"z"}");
        await foreach (TableEntity row in new ChatTables(new TableServiceClient(storage)).Conversations.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            rows++;
            Assert.All(row.Values.OfType<string>(), value => AssertNothingGone(row.RowKey, value));
        }

        Assert.InRange(rows, _entries.Length, int.MaxValue);
    }

    private void AssertNothingGone(string where, string? text) =>
        Assert.All(Texts().Matches(text ?? ""), found => Assert.False(_gone.Contains(found.Value), $"{found.Value} is still in {where}"));

    [GeneratedRegex("«[^»]*»", RegexOptions.NonBacktracking)]
    private static partial Regex Texts();
}
