using System.Text.Json;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Signals;

/// <summary>What the tests of signals do over and over.</summary>
internal static class Signaling
{
    public static string PrivatePath(this ChatUser other) => $"/chat/chat/private/{other.Username}/";

    public static Task<ApiAnswer> ReadAsync(this ChatUser user, string path, long id) => user.PostAsync(path + "read/", new { id });

    public static Task<ApiAnswer> TypeAsync(this ChatUser user, string path) => user.PostAsync(path + "typing/");

    /// <summary>Who has read how far, as somebody's page shows it; null where it shows nothing of the kind.</summary>
    public static async Task<string?> ReadsAsync(this ChatUser user, string path)
    {
        JsonElement page = (await user.GetAsync(path).Is(200)).Json;
        return page.TryGetProperty("reads", out JsonElement reads)
            ? string.Join(' ', reads.EnumerateArray().Select(read => read.HasExactly("user", "id")).Select(read => $"{read.Text("user")}:{read.Number("id")}").Order(StringComparer.Ordinal))
            : null;
    }

    /// <summary>Lets the head of a group say that it has so many members; null: that it does not know.</summary>
    public static async Task CountAsync(this RunningChat host, Room room, long? members)
    {
        ChatTables tables = host.Tables;
        TableEntity head = await tables.Conversations.GetEntityAsync<TableEntity>(Keys.Group(Slug.Parse(room.Slug)!), Keys.Head, cancellationToken: TestContext.Current.CancellationToken);
        head.Remove("Members");
        if (members is not null)
        {
            head["Members"] = members;
        }

        await tables.Conversations.UpdateEntityAsync(head, head.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        await room.Owner.GetAsync(room.Path).Is(200); // So that the instance knows.
    }
}
