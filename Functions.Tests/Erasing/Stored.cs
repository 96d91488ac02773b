using System.Text.Json;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Erasing;

/// <summary>What the tests of erasing do over and over.</summary>
internal static class Stored
{
    private static readonly string[] Tables = ["users", "conversations", "directory", "sweep"];

    /// <summary>Every row of every table, as text: for what must be nowhere.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(string connectionString)
    {
        var service = new TableServiceClient(connectionString, new TableClientOptions { RefuseScans = false });
        List<string> rows = [];
        foreach (string table in Tables)
        {
            await foreach (TableEntity row in service.GetTableClient(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                rows.Add($"{table}: {string.Join(", ", row.Where(p => p.Value is not null).Select(p => $"{p.Key}={p.Value}"))}");
            }
        }

        return rows;
    }

    /// <summary>No row of the storage has the text in it.</summary>
    public static async Task AssertNowhereAsync(string connectionString, string text) =>
        Assert.DoesNotContain(await RowsAsync(connectionString), row => row.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The rows of a person's partition but the account's own and the count of wrong passwords.</summary>
    public static async Task<List<TableEntity>> TracesAsync(this ChatTables tables, string username)
    {
        List<TableEntity> rows = await tables.Users.RowsAsync(Keys.User(Username.Parse(username)!));
        rows.RemoveAll(row => row.RowKey is Keys.Account or Keys.AccessFailures);
        return rows;
    }

    public static async Task SweepAsync(this ChatHost host)
    {
        using HttpClient timer = host.Anonymous();
        await timer.PostJsonAsync("/sweep").Is(200);
    }

    /// <summary>The one private chat on somebody's dashboard.</summary>
    public static async Task<JsonElement> SeeChatAsync(this ChatUser user) => Assert.Single((await user.GetAsync("/chat/").Is(200)).Json.List("private_chats"));

    /// <summary>Every answer that shows somebody what a group or a person has been up to, in one text.</summary>
    public static async Task<string> EverythingSeenAsync(this ChatUser user, params string[] paths)
    {
        ApiAnswer[] answers = await Task.WhenAll(paths.Append("/chat/").Select(user.GetAsync));
        Assert.All(answers, answer => answer.Is(200));
        return string.Join('\n', answers.Select(answer => answer.Body));
    }

    /// <summary>Writers of a page's messages, oldest first.</summary>
    public static string[] Writers(this JsonElement page) => [.. page.List("messages").Select(message => message.Text("user")!)];
}
